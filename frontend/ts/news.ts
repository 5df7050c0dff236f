/** What an answer to "what has changed?" means for the page; no browser here, so that it can be tried. */
export type Meaning = { kind: "shown" } | { kind: "elsewhere"; url: string } | { kind: "nothing" };

/**
 * shown: its text takes the place of what is there: of a 200 alone, as no other answer is that part of
 * the page. elsewhere: the server leads on (signed out, or what was looked at is gone).
 */
export function meaning(status: number, redirect: string | null): Meaning {
  if (redirect) return { kind: "elsewhere", url: redirect };
  return status === 200 ? { kind: "shown" } : { kind: "nothing" };
}
