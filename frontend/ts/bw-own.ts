/**
 * <bw-own data-from="id of the common text"> around a box [data-own] and a textarea: ticking the box
 * with nothing written there begins with the common text.
 */
export class Own extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || !("own" in box.dataset) || !box.checked) return;
      const own = this.querySelector("textarea");
      const common = document.getElementById(this.dataset["from"] ?? "");
      if (!own) return;
      if (!own.value && common instanceof HTMLTextAreaElement) own.value = common.value;
      own.focus();
    });
  }
}

customElements.define("bw-own", Own);
