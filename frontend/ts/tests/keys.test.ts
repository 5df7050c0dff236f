import { strict as assert } from "node:assert";
import { test } from "node:test";
import { counts, listed, meant, type Place, type Pressed } from "../keys.ts";

const PAGE: Place = { tag: "BODY", editable: false, dialog: false };
const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, defaultPrevented: false, ...more,
});

test("a letter on the page is meant for it, whatever its case", () => {
  assert.equal(meant(press("r"), PAGE), "r");
  assert.equal(meant(press("R"), PAGE), "r");
  assert.equal(meant(press("?"), PAGE), "?");
  assert.equal(meant(press("v"), { ...PAGE, tag: "A" }), "v");
});

test("nothing is meant while somebody types", () => {
  for (const tag of ["INPUT", "TEXTAREA", "SELECT"]) assert.equal(meant(press("e"), { ...PAGE, tag }), null);
  assert.equal(meant(press("e"), { ...PAGE, tag: "DIV", editable: true }), null);
});

test("the browser's own keys, held keys and open dialogs are left alone", () => {
  assert.equal(meant(press("r", { ctrlKey: true }), PAGE), null);
  assert.equal(meant(press("r", { metaKey: true }), PAGE), null);
  assert.equal(meant(press("r", { altKey: true }), PAGE), null);
  assert.equal(meant(press("r", { repeat: true }), PAGE), null);
  assert.equal(meant(press("r", { defaultPrevented: true }), PAGE), null);
  assert.equal(meant(press("n"), { ...PAGE, dialog: true }), null);
  assert.equal(meant(press("Enter"), PAGE), null);
  assert.equal(meant(press("ArrowDown"), PAGE), null);
});

test("of several messages the one that is answered is meant, and all where none is", () => {
  assert.equal(counts("message-1", "message-2"), false);
  assert.equal(counts("message-2", "message-2"), true);
  assert.equal(counts("message-1", null), true);
});

test("what belongs to the page is meant whatever it is about", () => {
  assert.equal(counts(null, "message-2"), true);
  assert.equal(counts(null, null), true);
});

test("each key is listed once, in the order of the page", () => {
  const found = [
    { key: "v", says: "Read what is veiled" }, { key: "v", says: "Another" },
    { key: "r", says: "Answer" }, { key: "x", says: "" },
  ];
  assert.deepEqual(listed(found), [{ key: "v", says: "Read what is veiled" }, { key: "r", says: "Answer" }]);
});
