/** Which key asks for what; no browser here, so that it can be tried. */
export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  defaultPrevented: boolean;
}

/** What the focus is in, as far as it matters: the name of its element, and whether it takes text. */
export interface Place {
  tag: string;
  editable: boolean;
  dialog: boolean;
}

const FIELDS = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/** The key that is meant for the page: none while somebody types, holds it down, or a dialog is open. */
export function meant(pressed: Pressed, place: Place): string | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (pressed.repeat || pressed.defaultPrevented || place.dialog) return null;
  if (FIELDS.has(place.tag) || place.editable) return null;
  return pressed.key.length === 1 ? pressed.key.toLowerCase() : null;
}

/**
 * Whether a key of an element counts. apart: the id of the one of several things that it belongs to, null
 * where it belongs to the page; about: the id of the one that the page is about, null where it is about none.
 */
export function counts(apart: string | null, about: string | null): boolean {
  return apart === null || about === null || apart === about;
}

export interface Known {
  key: string;
  says: string;
}

/** Each key once, with the words of the first element that has it, in the order of the page. */
export function listed(found: Iterable<Known>): Known[] {
  const keys = new Map<string, Known>();
  for (const one of found) {
    if (one.key && one.says && !keys.has(one.key)) keys.set(one.key, one);
  }
  return [...keys.values()];
}
