import { bytes, letters } from "./pushed.ts";

/** <bw-push data-public data-worker data-denied data-none> around a form with fields endpoint, p256dh and
 * auth: its button asks the browser for a door to push through, and sends what the browser gives.
 * Where the browser has no such thing, [data-said] says so (an iPhone wants the page on its home screen). */
export class Push extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
      this.#say("none");
      return;
    }
    button?.removeAttribute("hidden");
    button?.addEventListener("click", (event) => {
      event.preventDefault();
      button.disabled = true;
      void this.#open().finally(() => (button.disabled = false));
    });
  }

  async #open(): Promise<void> {
    const form = this.querySelector("form");
    if (!form) return;
    if ((await Notification.requestPermission()) !== "granted") {
      this.#say("denied");
      return;
    }
    try {
      await navigator.serviceWorker.register(this.dataset["worker"] ?? "/sw.js");
      const ready = await navigator.serviceWorker.ready;
      const door = await ready.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(this.dataset["public"] ?? ""),
      });
      this.#fill(form, "endpoint", door.endpoint);
      this.#fill(form, "p256dh", letters(door.getKey("p256dh")));
      this.#fill(form, "auth", letters(door.getKey("auth")));
      form.submit();
    } catch {
      this.#say("none");
    }
  }

  #fill(form: HTMLFormElement, name: string, value: string): void {
    const input = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (input) input.value = value;
  }

  #say(what: string): void {
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = this.dataset[what] ?? "";
  }
}

customElements.define("bw-push", Push);
