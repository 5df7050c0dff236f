import assert from "node:assert/strict";
import { test } from "node:test";
import { asks } from "../asking.ts";

test("a field of all forms is asked of each", () => {
  assert.equal(asks("", "reel"), true);
  assert.equal(asks("", ""), true);
});

test("a field of some forms is asked of those alone", () => {
  assert.equal(asks("video reel", "reel"), true);
  assert.equal(asks("video reel", "live"), false);
});

test("a name that only begins alike is another form", () => {
  assert.equal(asks("story_video", "story"), false);
});

test("while there is no form yet, only what all forms share is asked", () => {
  assert.equal(asks("video reel", ""), false);
});
