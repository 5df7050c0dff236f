import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, letters, shown, target } from "../pushed.ts";

test("a push is shown with its words and leads to its page", () => {
  const { title, options } = shown(
    JSON.stringify({ title: "Drill: x", body: "b", lang: "fr", tag: "alarm:1", url: "https://desk.example/x/alarm/1/m/" }),
  );
  assert.equal(title, "Drill: x");
  assert.equal(options.body, "b");
  assert.equal(options.lang, "fr");
  assert.equal(options.tag, "alarm:1");
  assert.equal(target(options.data, "https://desk.example"), "https://desk.example/x/alarm/1/m/");
});

test("what cannot be read still shows something", () => {
  for (const text of ["", "{", "null", "3", '"x"', '{"title": 7}']) {
    assert.equal(shown(text).title, "Breakwater");
  }
});

test("a push never leads to another place", () => {
  assert.equal(target("https://elsewhere.example/x?y=1", "https://desk.example"), "https://desk.example/x?y=1");
  assert.equal(target("http://[", "https://desk.example"), "https://desk.example/");
  assert.equal(target("", "https://desk.example"), "https://desk.example/");
  assert.equal(target("javascript:alert(1)", "https://desk.example"), "https://desk.example/");
});

test("keys go there and back", () => {
  const key = new Uint8Array([255, 254, 0, 1, 250]);
  assert.deepEqual(bytes(letters(key.buffer)), key);
  assert.equal(letters(null), "");
});
