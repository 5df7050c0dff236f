/** Counting as breakwater.domain.text does, for the moment between two answers of the server. */
export type Unit = "graphemes" | "code_points" | "bytes" | "weighted" | "emoji_bytes";

const UNITS: readonly string[] = ["graphemes", "code_points", "bytes", "weighted", "emoji_bytes"];

export interface Counting {
  unit: Unit;
  limit: number;
  urlCost: number | null;
  shortMentions: boolean;
}

const URLS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?')\]]/giu;
const REMOTE_MENTION = /(?<![\p{L}\p{N}_/])@([\p{L}\p{N}_.-]*[\p{L}\p{N}_])@[\p{L}\p{N}_.-]+[\p{L}\p{N}_]/gu;

/** The same ranges and emoji as in breakwater.domain.text (Unit.WEIGHTED). */
const LIGHT = /[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/gu;
const PICTOGRAM =
  "(?:\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}|\\p{Emoji_Presentation}\\ufe0f?" +
  "|\\p{Extended_Pictographic}\\ufe0f)[\\u{e0020}-\\u{e007f}]*";
const EMOJI = new RegExp(
  "\\p{Regional_Indicator}{2}|[0-9#*]\\ufe0f?\\u20e3|" +
    `(?:${PICTOGRAM}|\\p{Extended_Pictographic}(?=\\u200d\\p{Extended_Pictographic}))` +
    `(?:\\u200d(?:${PICTOGRAM}|\\p{Extended_Pictographic}))*`,
  "gu",
);

function weight(text: string): number {
  const emoji = text.match(EMOJI)?.length ?? 0;
  const rest = text.replace(EMOJI, "");
  return 2 * emoji + 2 * [...rest].length - (rest.match(LIGHT)?.length ?? 0);
}

const PICTORIAL = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;

function graphemes(text: string): string[] {
  const cut = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return [...cut.segment(text)].map((one) => one.segment);
}

function withEmojiInBytes(text: string): number {
  const lengths = graphemes(text).map((one) =>
    PICTORIAL.test(one) ? new TextEncoder().encode(one).length : [...one].length,
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

function units(text: string, unit: Unit): number {
  if (unit === "bytes") return new TextEncoder().encode(text).length;
  if (unit === "code_points") return [...text].length;
  if (unit === "weighted") return weight(text);
  if (unit === "emoji_bytes") return withEmojiInBytes(text);
  return graphemes(text).length;
}

/** The length of `text` in the units of `by`, after NFC. */
export function count(text: string, by: Counting): number {
  let rest = text.normalize("NFC");
  let extra = 0;
  if (by.urlCost !== null) {
    extra = (rest.match(URLS)?.length ?? 0) * by.urlCost;
    rest = rest.replace(URLS, "");
  }
  if (by.shortMentions) rest = rest.replace(REMOTE_MENTION, "@$1");
  return extra + units(rest, by.unit);
}

/** The rule in data attributes: data-unit, data-limit, data-url-cost, data-short-mentions. */
export function counting(data: Readonly<Record<string, string | undefined>>): Counting {
  const unit = data["unit"];
  return {
    unit: unit !== undefined && UNITS.includes(unit) ? (unit as Unit) : "graphemes",
    limit: Number(data["limit"] ?? 0),
    urlCost: data["urlCost"] ? Number(data["urlCost"]) : null,
    shortMentions: data["shortMentions"] === "true",
  };
}
