/** Counting as breakwater.domain.text does, for the moment between two answers of the server. */
export type Unit = "graphemes" | "code_points" | "utf16" | "bytes";

export interface Counting {
  unit: Unit;
  limit: number;
  urlCost: number | null;
  shortMentions: boolean;
}

const URLS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?')\]]/giu;
const REMOTE_MENTION = /(?<![\p{L}\p{N}_/])@([\p{L}\p{N}_.-]*[\p{L}\p{N}_])@[\p{L}\p{N}_.-]+[\p{L}\p{N}_]/gu;

function units(text: string, unit: Unit): number {
  if (unit === "bytes") return new TextEncoder().encode(text).length;
  if (unit === "code_points") return [...text].length;
  if (unit === "utf16") return text.length;
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].length;
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

const UNITS: readonly Unit[] = ["graphemes", "code_points", "utf16", "bytes"];

/** The rule in data attributes: data-unit, data-limit, data-url-cost, data-short-mentions. */
export function counting(data: Readonly<Record<string, string | undefined>>): Counting {
  return {
    unit: UNITS.find((unit) => unit === data["unit"]) ?? "graphemes",
    limit: Number(data["limit"] ?? 0),
    urlCost: data["urlCost"] ? Number(data["urlCost"]) : null,
    shortMentions: data["shortMentions"] === "true",
  };
}
