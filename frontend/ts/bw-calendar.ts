const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/**
 * <bw-calendar> around a month [role=grid]: one day can be reached by Tab, arrow keys move between
 * days, Home and End within the week, Page Up and Page Down between months, Enter opens the day's
 * first link. Off the edge of the month, the next one is shown.
 */
export class Calendar extends HTMLElement {
  connectedCallback(): void {
    const days = this.#days();
    const wanted = location.hash === "#last" ? days.filter(inside).at(-1) : undefined;
    const first = wanted ?? days.find((day) => "today" in day.dataset) ?? days.find(inside);
    for (const day of days) day.tabIndex = day === first ? 0 : -1;
    if (location.hash === "#first" || location.hash === "#last") first?.focus();
    this.addEventListener("keydown", this.#key);
    this.addEventListener("focusin", this.#focused);
  }

  #days(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=gridcell]")];
  }

  #focused = (event: FocusEvent): void => {
    if (!(event.target instanceof Element)) return;
    const day = event.target.closest<HTMLElement>("[role=gridcell]");
    if (!day) return;
    for (const other of this.#days()) other.tabIndex = other === day ? 0 : -1;
  };

  #key = (event: KeyboardEvent): void => {
    const days = this.#days();
    const at = days.findIndex((day) => day.contains(document.activeElement));
    const day = days[at];
    if (!day || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && event.target === day) day.querySelector<HTMLElement>("a")?.click();
    else if (event.key === "PageUp" || event.key === "PageDown") turn(event.key === "PageDown");
    else if (event.key === "Home" || event.key === "End") days[at - (at % 7) + (event.key === "End" ? 6 : 0)]?.focus();
    else if (event.key in STEPS) this.#step(days, at + (STEPS[event.key] ?? 0));
    else return;
    event.preventDefault();
  };

  #step(days: HTMLElement[], to: number): void {
    const day = days[to];
    if (day) day.focus();
    else turn(to > 0);
  }
}

function inside(day: HTMLElement): boolean {
  return !("outside" in day.dataset);
}

function turn(forward: boolean): void {
  const link = document.querySelector<HTMLAnchorElement>(forward ? "[data-next]" : "[data-previous]");
  if (link) location.assign(`${link.href}#${forward ? "first" : "last"}`);
}

customElements.define("bw-calendar", Calendar);
