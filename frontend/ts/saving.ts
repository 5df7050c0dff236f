/** The states of a text that is saved as it is typed; no browser here, so that it can be tried. */
export type State = "clean" | "typing" | "saving" | "saved" | "offline" | "stale" | "refused";

export interface Saving {
  state: State;
  /** Typed again since the save under way began. */
  again: boolean;
}

export type Happening =
  | { kind: "typed" }
  | { kind: "began" }
  | { kind: "answered"; status: number }
  | { kind: "unreachable" };

export const START: Saving = { state: "clean", again: false };

/** What a text is after something happened. A stale text stays stale: only a person resolves it. */
export function after(now: Saving, what: Happening): Saving {
  if (now.state === "stale") return now;
  switch (what.kind) {
    case "typed":
      return now.state === "saving" ? { state: "saving", again: true } : { state: "typing", again: false };
    case "began":
      return { state: "saving", again: false };
    case "unreachable":
      return { state: "offline", again: false };
    case "answered":
      return answered(now, what.status);
  }
}

function answered(now: Saving, status: number): Saving {
  if (status >= 200 && status < 300) return { state: now.again ? "typing" : "saved", again: false };
  if (status === 409) return { state: "stale", again: false };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { state: "refused", again: false };
  return { state: "offline", again: false };
}

/** Whether this browser still holds something that the server has not acknowledged. */
export function mustKeep(now: Saving): boolean {
  return now.state !== "clean" && now.state !== "saved";
}

const KEEPALIVE_BYTES = 60_000;
const PART_BYTES = 200;

/**
 * Whether a browser sends a form to its end although its page is left meanwhile: `keepalive` takes
 * at most 64 KiB in all (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
export function outlives(form: Iterable<[string, string | Blob]>): boolean {
  const coder = new TextEncoder();
  let bytes = 0;
  for (const [name, value] of form) {
    bytes += PART_BYTES + coder.encode(name).length;
    bytes += typeof value === "string" ? coder.encode(value).length : value.size;
  }
  return bytes <= KEEPALIVE_BYTES;
}

/** Milliseconds until the next try after `failures` in a row: 2 s, 4 s … at most 30 s. */
export function waitAfter(failures: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(1, failures));
}

/** What was kept for a form, if it is still about the revision on the page; null otherwise. */
export function restorable(kept: string | null, revision: string): Record<string, string> | null {
  if (!kept) return null;
  try {
    const value: unknown = JSON.parse(kept);
    if (!isKept(value) || value.revision !== revision) return null;
    return value.fields;
  } catch {
    return null;
  }
}

interface Kept {
  revision: string;
  fields: Record<string, string>;
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "revision" in value && "fields" in value
    && typeof value.revision === "string" && typeof value.fields === "object" && value.fields !== null;
}
