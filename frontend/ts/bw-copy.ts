/** <bw-copy data-done="Copied"> around an input and a button: the button copies the input's text. */
export class Copy extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.removeAttribute("hidden");
    this.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("button")) void this.#copy();
    });
  }

  async #copy(): Promise<void> {
    const input = this.querySelector("input");
    const said = this.querySelector("[data-said]");
    if (!input) return;
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      if (said) said.textContent = this.dataset["done"] ?? "";
    } catch {
      // No clipboard (plain http on another machine): the text stays selected for Ctrl+C.
    }
  }
}

customElements.define("bw-copy", Copy);
