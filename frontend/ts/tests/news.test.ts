import { strict as assert } from "node:assert";
import { test } from "node:test";
import { meaning } from "../news.ts";

test("what the server shows takes the place of what was there", () => {
  assert.deepEqual(meaning(200, null), { kind: "shown" });
});

test("nothing else does: the page is never blank", () => {
  for (const status of [204, 206, 304, 400, 403, 404, 429, 500, 503]) {
    assert.deepEqual(meaning(status, null), { kind: "nothing" });
  }
});

test("who was signed out is led to where they sign in", () => {
  assert.deepEqual(meaning(204, "/account/login/"), { kind: "elsewhere", url: "/account/login/" });
});
