/** <bw-strength data-said='["…" × 5]' data-known='["…"]'> around an input and an <output>: how easily
 * what is typed is guessed, found out here. Nothing of it leaves the browser: the input has no name and
 * stands in no form, and this file calls nothing. known: words that an attacker would try first. */
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import { dictionary as french } from "@zxcvbn-ts/language-fr";

const LONGEST = 200;
const PAUSE_MS = 200;
const guesser = new ZxcvbnFactory({
  dictionary: { ...common, ...english, ...french },
  graphs: adjacencyGraphs,
  useLevenshteinDistance: true,
});

/** 0 (guessed at once) to 4 (not guessed in many years). */
export function strength(text: string, known: string[]): number {
  return guesser.check(text.slice(0, LONGEST), known).score;
}

export class Strength extends HTMLElement {
  #waiting = 0;

  connectedCallback(): void {
    this.hidden = false;
    this.#input?.addEventListener("input", () => {
      clearTimeout(this.#waiting);
      this.#waiting = window.setTimeout(() => this.#say(), PAUSE_MS);
    });
    addEventListener("pagehide", () => {
      if (this.#input) this.#input.value = "";
    });
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  #say(): void {
    const output = this.querySelector("output");
    const text = this.#input?.value ?? "";
    if (!output) return;
    const said: string[] = JSON.parse(this.dataset["said"] ?? "[]");
    const known: string[] = JSON.parse(this.dataset["known"] ?? "[]");
    const score = text ? strength(text, known) : -1;
    output.textContent = score < 0 ? "" : (said[score] ?? "");
    output.dataset["score"] = score < 0 ? "" : `${score}`;
  }
}

customElements.define("bw-strength", Strength);
