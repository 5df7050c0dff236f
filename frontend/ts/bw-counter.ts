import { count, counting } from "./counting.ts";

/**
 * <bw-counter class="counter" data-for="id of the text" data-unit data-limit data-url-cost
 * data-short-mentions data-left="{n} left" data-over-by="{n} too many">: says how much room is left
 * while typing. What the server renders inside is the authority and stands until the next key.
 */
export class Counter extends HTMLElement {
  #text: HTMLTextAreaElement | HTMLInputElement | null = null;
  #typed = (): void => this.#show();

  connectedCallback(): void {
    const found = document.getElementById(this.dataset["for"] ?? "");
    if (found instanceof HTMLTextAreaElement || found instanceof HTMLInputElement) {
      this.#text = found;
      found.addEventListener("input", this.#typed);
    }
  }

  disconnectedCallback(): void {
    this.#text?.removeEventListener("input", this.#typed);
  }

  #show(): void {
    const rule = counting(this.dataset);
    const left = rule.limit - count(this.#text?.value ?? "", rule);
    this.toggleAttribute("data-over", left < 0);
    const sentence = left < 0 ? this.dataset["overBy"] : this.dataset["left"];
    const place = this.querySelector("[data-count]") ?? this;
    place.textContent = (sentence ?? "{n}").replace("{n}", String(Math.abs(left)));
  }
}

customElements.define("bw-counter", Counter);
