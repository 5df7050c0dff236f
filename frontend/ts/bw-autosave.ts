import { fields, read, write } from "./fields.ts";
import { place } from "./placing.ts";
import { START, after, mustKeep, outlives, restorable, waitAfter, type Happening, type Saving } from "./saving.ts";

const PAUSE_MS = 800;

/**
 * <bw-autosave data-url data-store data-revision data-target="#problem" data-said-saved data-said-saving
 * data-said-typing data-said-offline data-said-stale data-said-refused data-said-restored> around a form.
 *
 * Posts the form `PAUSE_MS` after the last key, with `revision`; at once after an input event with
 * the detail "now", like that of a new picture, which this browser cannot keep. The answer: 2xx with the header
 * X-Revision (and X-Autosave-Url, once something new has an address); 409: somebody else saved; 4xx:
 * refused; anything else, or silence: not saved, tried again. Its HTML goes where it says, else into
 * data-target (placing.ts). What is typed lies in localStorage under data-store until the server has
 * acknowledged it. Sending the form saves first, so that it never loses what an answer refuses.
 * An element [data-saved] in it shows the state, announced politely.
 */
export class Autosave extends HTMLElement {
  #now: Saving = START;
  #timer = 0;
  #failures = 0;
  #sender: HTMLElement | null | undefined;
  #pause = PAUSE_MS;
  /** Something that this browser cannot bring back waits for its save: leaving is asked about. */
  #fragile = false;
  #online = (): void => this.#soon(0);

  connectedCallback(): void {
    this.addEventListener("input", (event) => this.#typed(event instanceof CustomEvent && event.detail === "now"));
    this.addEventListener("submit", this.#sent);
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
    const { state } = this.#now;
    const lost = this.#fragile && (state === "typing" || state === "saving");
    if (state === "offline" || lost) event.preventDefault();
  };

  /** Not before what was typed is saved; a conflict is the person's to settle, so it goes through. */
  #sent = (event: SubmitEvent): void => {
    if (!mustKeep(this.#now) || this.#now.state === "stale") return;
    event.preventDefault();
    this.#sender = event.submitter;
    if (this.#now.state !== "saving") void this.#save();
  };

  get #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  get #key(): string {
    return `bw-autosave:${this.dataset["store"] ?? location.pathname}`;
  }

  #typed(atOnce = false): void {
    if (atOnce) {
      this.#pause = 0;
      this.#fragile = true;
    }
    this.#happened({ kind: "typed" });
    this.#keep();
    this.#soon(this.#pause);
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
    this.#pause = PAUSE_MS;
    this.#happened({ kind: "began" });
    try {
      const answer = await fetch(this.dataset["url"] ?? form.action, {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "X-Autosave": "true" },
        keepalive: outlives(body),
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
    if (answer.ok && !answer.redirected) this.#acknowledged(answer.headers);
    if (html && answer.status < 500 && !answer.redirected) {
      place(html, this.dataset["target"] ? document.querySelector(this.dataset["target"]) : null);
    }
    if (this.#now.state === "offline") return this.#failed();
    this.#failures = 0;
    if (mustKeep(this.#now)) this.#keep();
    else {
      this.#fragile = false;
      localStorage.removeItem(this.#key);
    }
    this.#soon(this.#pause);
    this.#sendOn();
  }

  #acknowledged(headers: Headers): void {
    this.dataset["revision"] = headers.get("X-Revision") ?? this.dataset["revision"] ?? "";
    const field = this.#form?.querySelector<HTMLInputElement>("input[type=hidden][name=revision]");
    if (field) field.value = this.dataset["revision"];
    const url = headers.get("X-Autosave-Url");
    if (!url) return;
    localStorage.removeItem(this.#key);
    this.dataset["url"] = url;
    if (this.#form) this.#form.action = url;
    history.replaceState(null, "", url);
  }

  /** The form goes on its way if it waited for the save; typed on meanwhile, it saves that first. */
  #sendOn(): void {
    if (this.#sender === undefined) return;
    if (this.#now.state === "typing") return void this.#save();
    const sender = this.#sender;
    this.#sender = undefined;
    if (this.#now.state === "saved") this.#form?.requestSubmit(sender);
  }

  #failed(): void {
    this.#failures += 1;
    this.#sender = undefined;
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

  #keep(): void {
    const typed = Object.fromEntries(fields(this).map(([name, field]) => [name, read(field)]));
    const kept = { revision: this.dataset["revision"] ?? "", fields: typed };
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
    for (const [name, field] of fields(this)) {
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

customElements.define("bw-autosave", Autosave);
