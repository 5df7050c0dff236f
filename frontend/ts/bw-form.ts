import { asks } from "./asking.ts";

/**
 * <bw-form data-form="reel"> inside an offer: of the fields [data-forms="video reel"] around it those
 * show that a post of this form is asked. The server says the form, anew with each save; without
 * script all fields show.
 */
export class Form extends HTMLElement {
  connectedCallback(): void {
    const around = this.closest(".offer-asks");
    for (const field of around?.querySelectorAll<HTMLElement>("[data-forms]") ?? []) {
      field.hidden = !asks(field.dataset["forms"] ?? "", this.dataset["form"] ?? "");
    }
  }
}

customElements.define("bw-form", Form);
