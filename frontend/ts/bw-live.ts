import { meaning } from "./news.ts";

/**
 * <bw-live data-src="…/live/" data-seen="7"> around what changes by itself, which lies in an element
 * [data-live]: asks for it anew when the server says that another number than `data-seen` counts now.
 * Nothing moves under the pointer or the focus: then a button [data-news] shows that there is news, and
 * brings it. An answer that is none (away, refused) leaves the page as it is.
 */
export class Live extends HTMLElement {
  #source: EventSource | undefined;
  #late = 0;

  connectedCallback(): void {
    const src = this.dataset["src"];
    if (!src || typeof EventSource === "undefined") return;
    const seen = this.dataset["seen"] ?? "";
    this.#source = new EventSource(`${src}?seen=${encodeURIComponent(seen)}`);
    this.#source.addEventListener("changed", this.#changed);
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback(): void {
    this.#source?.close();
    window.clearTimeout(this.#late);
  }

  /** Several changes within half a second are one. */
  #changed = (): void => {
    window.clearTimeout(this.#late);
    this.#late = window.setTimeout(() => (busy(this) ? this.#offer() : void this.#bring()), 500);
  };

  #clicked = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest("[data-news]")) void this.#bring();
  };

  #offer(): void {
    const button = this.querySelector<HTMLElement>("[data-news]");
    if (button) button.hidden = false;
  }

  async #bring(): Promise<void> {
    const button = this.querySelector<HTMLElement>("[data-news]");
    const place = this.querySelector("[data-live]");
    if (!place) return;
    const answer = await asked();
    const said = answer ? meaning(answer.status, answer.headers.get("HX-Redirect")) : null;
    if (said?.kind === "elsewhere") location.assign(said.url);
    if (!answer || said?.kind !== "shown") return;
    place.innerHTML = await answer.text();
    window.htmx?.process(place);
    if (button) button.hidden = true;
  }
}

/** The page's own address, as the server shows the part of it that changes; null where nobody answers. */
async function asked(): Promise<Response | null> {
  try {
    return await fetch(location.href, { headers: { "HX-Request": "true" }, redirect: "error" });
  } catch {
    return null;
  }
}

/** Whether somebody is just pointing at it, or has chosen something in it. */
export function busy(region: Element): boolean {
  const place = region.querySelector("[data-live]") ?? region;
  return place.matches(":hover") || place.contains(document.activeElement);
}

customElements.define("bw-live", Live);
