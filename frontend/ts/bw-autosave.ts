import { START, after, mustKeep, restorable, waitAfter, type Happening, type Saving } from "./saving.ts";

const PAUSE_MS = 800;

declare global {
  interface Window {
    htmx?: { process(element: Element): void };
  }
}

/**
 * <bw-autosave data-url data-key data-revision data-target="#findings" data-said-saved data-said-saving
 * data-said-typing data-said-offline data-said-stale data-said-refused data-said-restored> around a form.
 *
 * Posts the form `PAUSE_MS` after the last key, with `revision`. The answer: 2xx with the header
 * X-Revision, its HTML goes into data-target; 409: somebody else saved; 4xx: refused; anything else,
 * or silence: not saved, tried again. What is typed lies in localStorage under data-key until the
 * server has acknowledged it. An element [data-saved] in it shows the state, announced politely.
 */
export class Autosave extends HTMLElement {
  #now: Saving = START;
  #timer = 0;
  #failures = 0;
  #online = (): void => this.#soon(0);

  connectedCallback(): void {
    this.addEventListener("input", () => this.#typed());
    this.addEventListener("change", () => this.#typed());
    window.addEventListener("online", this.#online);
    window.addEventListener("beforeunload", this.#leaving);
    this.#restore();
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.#timer);
    window.removeEventListener("online", this.#online);
    window.removeEventListener("beforeunload", this.#leaving);
  }

  #leaving = (event: BeforeUnloadEvent): void => {
    if (this.#now.state === "offline") event.preventDefault();
  };

  get #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  get #key(): string {
    return `bw-autosave:${this.dataset["key"] ?? location.pathname}`;
  }

  #typed(): void {
    this.#happened({ kind: "typed" });
    this.#keep();
    this.#soon(PAUSE_MS);
  }

  #soon(ms: number): void {
    window.clearTimeout(this.#timer);
    if (this.#now.state === "typing" || this.#now.state === "offline") {
      this.#timer = window.setTimeout(() => void this.#save(), ms);
    }
  }

  async #save(): Promise<void> {
    const form = this.#form;
    if (!form || this.#now.state === "saving") return;
    const body = new FormData(form);
    body.set("revision", this.dataset["revision"] ?? "");
    this.#happened({ kind: "began" });
    try {
      const answer = await fetch(this.dataset["url"] ?? form.action, {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "X-Autosave": "true" },
        signal: AbortSignal.timeout(15_000),
      });
      await this.#answered(answer);
    } catch {
      this.#failed();
    }
  }

  async #answered(answer: Response): Promise<void> {
    const html = await answer.text();
    this.#happened({ kind: "answered", status: answer.redirected ? 401 : answer.status });
    this.dataset["revision"] = answer.headers.get("X-Revision") ?? this.dataset["revision"] ?? "";
    const target = this.dataset["target"] ? document.querySelector(this.dataset["target"]) : null;
    if (target && html && answer.status < 500 && !answer.redirected) {
      target.innerHTML = html;
      window.htmx?.process(target);
    }
    if (this.#now.state === "offline") return this.#failed();
    this.#failures = 0;
    if (mustKeep(this.#now)) this.#keep();
    else localStorage.removeItem(this.#key);
    this.#soon(PAUSE_MS);
  }

  #failed(): void {
    this.#failures += 1;
    this.#happened({ kind: "unreachable" });
    this.#soon(waitAfter(this.#failures));
  }

  #happened(what: Happening): void {
    this.#now = after(this.#now, what);
    this.#say(this.#now.state);
  }

  #say(state: string): void {
    const place = this.querySelector<HTMLElement>("[data-saved]");
    if (!place) return;
    place.dataset["state"] = state;
    const name = `said${state.charAt(0).toUpperCase()}${state.slice(1)}`;
    place.textContent = this.dataset[name] ?? "";
  }

  #fields(): [string, HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement][] {
    const named = this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
      "textarea[name], select[name], input[name]:not([type=file], [type=hidden], [type=password])",
    );
    return [...named].map((field, at) => [`${field.name}:${at}`, field]);
  }

  #keep(): void {
    const fields = Object.fromEntries(this.#fields().map(([name, field]) => [name, read(field)]));
    const kept = { revision: this.dataset["revision"] ?? "", fields };
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // No room or no permission: the page still says "not saved" until the server answers.
    }
  }

  #restore(): void {
    const kept = restorable(localStorage.getItem(this.#key), this.dataset["revision"] ?? "");
    if (!kept) return;
    let changed = false;
    for (const [name, field] of this.#fields()) {
      const value = kept[name];
      if (value === undefined || value === read(field)) continue;
      write(field, value);
      changed = true;
    }
    if (!changed) return localStorage.removeItem(this.#key);
    this.#typed();
    this.#say("restored");
  }
}

function isTick(field: Element): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

function read(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string {
  return isTick(field) ? String(field.checked) : field.value;
}

function write(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string): void {
  if (isTick(field)) field.checked = value === "true";
  else field.value = value;
}

customElements.define("bw-autosave", Autosave);
