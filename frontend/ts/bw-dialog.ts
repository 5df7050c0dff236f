/**
 * <bw-dialog> around a link or button [data-open] and a <dialog>. With script the dialog opens in
 * place; without, the link leads to a page that asks the same question. Focus returns by itself.
 */
export class Dialog extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#click);
  }

  #click = (event: MouseEvent): void => {
    const dialog = this.querySelector("dialog");
    if (!dialog || !(event.target instanceof Element)) return;
    if (event.target.closest("[data-open]")) {
      event.preventDefault();
      dialog.showModal();
    } else if (event.target.closest("[data-close]") || event.target === dialog) {
      event.preventDefault();
      dialog.close();
    }
  };
}

customElements.define("bw-dialog", Dialog);
