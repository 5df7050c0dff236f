/**
 * <bw-more> around fields [name="thread"], the last one empty: as soon as somebody writes in the last,
 * another empty one stands below it. Its label counts on. Without script, saving brings the next one.
 */
export class More extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("input", this.#typed);
  }

  #typed = (event: Event): void => {
    const fields = [...this.querySelectorAll("textarea")];
    const last = fields.at(-1);
    if (!last || event.target !== last || last.value.trim() === "") return;
    const field = last.closest(".field");
    if (!field) return;
    const next = field.cloneNode(true) as Element;
    const area = next.querySelector("textarea");
    const label = next.querySelector("label");
    if (!area || !label) return;
    area.value = "";
    area.id = `thread-${fields.length + 1}`;
    label.htmlFor = area.id;
    label.textContent = (label.textContent ?? "").replace(/\d+/, String(fields.length + 2));
    field.after(next);
  };
}
customElements.define("bw-more", More);
