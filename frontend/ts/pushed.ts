/** What a push says, as the browser shows it. What cannot be read is shown as plainly as can be: a
 * browser takes the right to push away from pages whose pushes show nothing. */
export function shown(text: string): { title: string; options: NotificationOptions } {
  let said: Record<string, unknown> = {};
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === "object" && read !== null) said = read as Record<string, unknown>;
  } catch {
    // Shown without words of its own.
  }
  const word = (name: string): string => (typeof said[name] === "string" ? said[name] : "");
  const options: NotificationOptions = {
    body: word("body"),
    lang: word("lang"),
    tag: word("tag"),
    icon: "/static/mark.svg",
    requireInteraction: true,
    data: word("url"),
  };
  return { title: word("title") || "Breakwater", options };
}

/** The page of ours that a push leads to, on the origin that this browser knows. */
export function target(url: unknown, origin: string): string {
  try {
    const found = new URL(String(url), origin);
    return found.pathname.startsWith("/") ? `${origin}${found.pathname}${found.search}` : `${origin}/`;
  } catch {
    return `${origin}/`;
  }
}

/** base64url as the bytes that PushManager wants. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** A key of a subscription as base64url; "" where the browser gives none. */
export function letters(key: ArrayBuffer | null): string {
  if (!key) return "";
  const plain = String.fromCharCode(...new Uint8Array(key));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
