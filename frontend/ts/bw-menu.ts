/** <bw-menu> around a <details class="menu">: closes on Escape, on a click elsewhere, on leaving. */
export class Menu extends HTMLElement {
  #away = (event: Event): void => {
    if (event.target instanceof Node && !this.contains(event.target)) this.#close();
  };

  connectedCallback(): void {
    this.addEventListener("keydown", this.#key);
    document.addEventListener("click", this.#away);
    document.addEventListener("focusin", this.#away);
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.#away);
    document.removeEventListener("focusin", this.#away);
  }

  #key = (event: KeyboardEvent): void => {
    const details = this.querySelector("details");
    if (!details?.open) return;
    if (event.key === "Escape") {
      this.#close();
      details.querySelector("summary")?.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#step(event.key === "ArrowDown" ? 1 : -1);
    }
  };

  #step(by: number): void {
    const items = [...this.querySelectorAll<HTMLElement>(".menu-item")];
    const at = items.findIndex((item) => item === document.activeElement);
    items[(at + by + items.length) % items.length]?.focus();
  }

  #close(): void {
    this.querySelector("details")?.removeAttribute("open");
  }
}

customElements.define("bw-menu", Menu);
