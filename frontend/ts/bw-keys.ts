import { counts, listed, meant } from "./keys.ts";

/**
 * <bw-keys hidden> around a button [data-open] and a <dialog> with a [data-keys] list: any element of
 * the page with data-key="r" and data-key-says="Answer" is reached by that key. A field is focused; a
 * link or button is followed. "?" lists the keys of the page. Of several elements with one key the
 * first that can be seen is meant; where the page says what it is about (data-about="message-7"), those in
 * another thing that stands for itself (data-apart) are not.
 */
export class Keys extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    document.addEventListener("keydown", this.#pressed);
    this.querySelector("[data-open]")?.addEventListener("click", this.#help);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#pressed);
  }

  #help = (): void => {
    const dialog = this.querySelector("dialog");
    const list = dialog?.querySelector("[data-keys]");
    if (!dialog || !list) return;
    list.replaceChildren();
    for (const one of listed(known())) {
      const key = document.createElement("kbd");
      key.textContent = one.key;
      const term = document.createElement("dt");
      term.append(key);
      const words = document.createElement("dd");
      words.textContent = one.says;
      list.append(term, words);
    }
    dialog.showModal();
  };

  #pressed = (event: KeyboardEvent): void => {
    const key = meant(event, where(event.target));
    if (key === null) return;
    if (key === "?") {
      event.preventDefault();
      this.#help();
      return;
    }
    const first = meaningful().find((one) => one.dataset["key"] === key);
    if (!first) return;
    event.preventDefault();
    reach(first);
  };
}

function known(): { key: string; says: string }[] {
  return meaningful().map((one) => ({ key: one.dataset["key"] ?? "", says: one.dataset["keySays"] ?? "" }));
}

function meaningful(): HTMLElement[] {
  const about = document.querySelector<HTMLElement>("[data-about]")?.dataset["about"] ?? null;
  return [...document.querySelectorAll<HTMLElement>("[data-key]")]
    .filter((one) => one.checkVisibility() && counts(one.closest("[data-apart]")?.id ?? null, about));
}

function where(target: EventTarget | null): { tag: string; editable: boolean; dialog: boolean } {
  const dialog = document.querySelector("dialog[open]") !== null;
  if (!(target instanceof HTMLElement)) return { tag: "", editable: false, dialog };
  return { tag: target.tagName, editable: target.isContentEditable, dialog };
}

function reach(element: HTMLElement): void {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement || element instanceof HTMLSelectElement) {
    element.focus();
    element.scrollIntoView({ block: "center" });
  } else element.click();
}

customElements.define("bw-keys", Keys);
