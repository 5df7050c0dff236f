// Checks WCAG 2.2 contrast of every pair of tokens that a component puts together, in every theme.
// 4.5:1 for text (1.4.3), 3:1 for the edge of a control and for focus (1.4.11). Exits 1 on a fault.
import { readFile } from "node:fs/promises";

const css = await readFile(new URL("./css/themes.css", import.meta.url), "utf8");
const TONES = ["idle", "care", "ask", "done", "stop", "sea"];
const GROUNDS = ["paper", "paper-raised", "paper-sunk"];
const TEXT = [
  ...GROUNDS.flatMap((ground) => ["ink", "ink-soft", "sea", "sea-strong", "stop"].map((ink) => [ink, ground])),
  ...TONES.map((tone) => [tone, `${tone}-tint`]),
  ...TONES.map((tone) => ["ink", `${tone}-tint`]),
  ...TONES.map((tone) => [tone, "paper-raised"]),
  ["on-sea", "sea"],
  ["on-sea", "sea-strong"],
  ["sea-strong", "sea-tint"],
  ["care", "paper"],
  ["ink-soft", "sea-tint"],
  ["ink", "line"],
];
const EDGES = GROUNDS.flatMap((ground) => [["line-strong", ground], ["focus", ground], ["sea", ground]]);

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const COLOUR = "(#[0-9a-f]{6})";
const SIDES = new RegExp(`--([\\w-]+): var\\(--in-light, ${COLOUR}\\) var\\(--in-dark, ${COLOUR}\\);`, "gi");
const ONE = new RegExp(`--([\\w-]+): ${COLOUR};`, "gi");

const sides = [...css.matchAll(SIDES)];
const calm = [...css.match(/\[data-theme="calm"\] \{([^}]*)\}/)[1].matchAll(ONE)];
const themes = {
  light: Object.fromEntries(sides.map((m) => [m[1], m[2]])),
  dark: Object.fromEntries(sides.map((m) => [m[1], m[3]])),
  calm: Object.fromEntries(calm.map((m) => [m[1], m[2]])),
};
let faults = 0;
for (const [theme, colours] of Object.entries(themes)) {
  for (const [pairs, least] of [[TEXT, 4.5], [EDGES, 3]]) {
    for (const [ink, ground] of pairs) {
      const got = ratio(colours[ink], colours[ground]);
      if (got >= least) continue;
      faults += 1;
      console.error(`${theme}: --${ink} on --${ground} is ${got.toFixed(2)}:1, needs ${least}:1`);
    }
  }
}
console.log(faults ? `${faults} pairs too faint` : "contrast: every pair holds in every theme");
process.exitCode = faults ? 1 : 0;
