/** <bw-theme> around the choice of a theme: shows it at once; saving the form keeps it. */
export class Theme extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", (event) => {
      const field = event.target;
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) show(field.value);
    });
  }
}

function show(theme: string): void {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset["theme"] = theme;
}

customElements.define("bw-theme", Theme);
