import { strict as assert } from "node:assert";
import { test } from "node:test";
import { START, after, mustKeep, outlives, restorable, waitAfter, type Happening } from "../saving.ts";

const play = (...happenings: Happening[]) => happenings.reduce(after, START);

test("typing, then an acknowledged save, leaves nothing to keep", () => {
  const now = play({ kind: "typed" }, { kind: "began" }, { kind: "answered", status: 200 });
  assert.deepEqual(now, { state: "saved", again: false });
  assert.equal(mustKeep(now), false);
});

test("what is typed during a save is saved again", () => {
  const now = play({ kind: "typed" }, { kind: "began" }, { kind: "typed" }, { kind: "answered", status: 200 });
  assert.equal(now.state, "typing");
  assert.equal(mustKeep(now), true);
});

test("no answer, a 500 or a 429 is 'not saved', and the text is kept", () => {
  for (const last of [{ kind: "unreachable" }, { kind: "answered", status: 503 }, { kind: "answered", status: 429 }] as const) {
    const now = play({ kind: "typed" }, { kind: "began" }, last);
    assert.equal(now.state, "offline");
    assert.equal(mustKeep(now), true);
  }
});

test("somebody else's save is never overwritten by typing on", () => {
  const now = play({ kind: "typed" }, { kind: "began" }, { kind: "answered", status: 409 }, { kind: "typed" });
  assert.equal(now.state, "stale");
});

test("a refused save says so and typing mends it", () => {
  const refused = play({ kind: "typed" }, { kind: "began" }, { kind: "answered", status: 403 });
  assert.equal(refused.state, "refused");
  assert.equal(after(refused, { kind: "typed" }).state, "typing");
});

test("tries are spaced out, at most half a minute", () => {
  assert.deepEqual([1, 2, 3, 4, 9].map(waitAfter), [2000, 4000, 8000, 16000, 30000]);
});

test("what was kept comes back only for the revision it was about", () => {
  const kept = JSON.stringify({ revision: "4", fields: { "text:0": "half a sentence" } });
  assert.deepEqual(restorable(kept, "4"), { "text:0": "half a sentence" });
  assert.equal(restorable(kept, "5"), null);
  assert.equal(restorable("not json", "4"), null);
  assert.equal(restorable(null, "4"), null);
});

test("a save outlives its page unless it is too long for that", () => {
  assert.equal(outlives([["text", "Fog on the pier."], ["picture", "1"]]), true);
  assert.equal(outlives([["text", "\u{1f30a}".repeat(14_000)]]), true);
  assert.equal(outlives([["text", "\u{1f30a}".repeat(15_000)]]), false);
  assert.equal(outlives([["files", new Blob(["x".repeat(60_001)])]]), false);
});
