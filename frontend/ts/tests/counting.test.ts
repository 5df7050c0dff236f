import { strict as assert } from "node:assert";
import { test } from "node:test";
import { count, counting } from "../counting.ts";

const graphemes = counting({ unit: "graphemes", limit: "300" });

test("a family emoji is one grapheme, seven code points", () => {
  const family = "👩‍👩‍👧‍👦";
  assert.equal(count(family, graphemes), 1);
  assert.equal(count(family, counting({ unit: "code_points", limit: "10" })), 7);
});

test("decomposed letters count as composed ones", () => {
  assert.equal(count("e\u0301te\u0301", counting({ unit: "code_points", limit: "10" })), 3);
});

test("bytes are those of UTF-8", () => {
  assert.equal(count("été", counting({ unit: "bytes", limit: "10" })), 5);
});

test("a link costs what the network says, whatever its length", () => {
  const rule = counting({ unit: "code_points", limit: "500", urlCost: "23" });
  assert.equal(count("see https://example.org/a/very/long/path?with=query.", rule), 4 + 23 + 1);
});

test("of a remote mention only the name counts", () => {
  const rule = counting({ unit: "code_points", limit: "500", shortMentions: "true" });
  assert.equal(count("hi @ann@example.social!", rule), "hi @ann!".length);
});

test("weighted: alphabets for one, ideographs and whole emoji for two", () => {
  const rule = counting({ unit: "weighted", limit: "280", urlCost: "23" });
  assert.equal(count("Été — “oui”", rule), 11);
  assert.equal(count("第一", rule), 4);
  assert.equal(count("👩‍👩‍👧‍👦🙋🏽🇫🇷1️⃣❤️", rule), 10);
  assert.equal(count("日 https://example.org/a/long/path", rule), 2 + 1 + 23);
});

test("an emoji can cost its bytes, other letters do not", () => {
  const rule = counting({ unit: "emoji_bytes", limit: "500" });
  assert.equal(count("été ok 👍", rule), 7 + 4);
  assert.equal(count("👩‍👩‍👧‍👦🇫🇷1️⃣", rule), 25 + 8 + 7);
});
