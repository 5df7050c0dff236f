/**
 * <bw-strip> around a row of links that scrolls where it finds no room: the place where one is stands
 * in sight.
 */
export class Strip extends HTMLElement {
  connectedCallback(): void {
    const here = this.querySelector<HTMLElement>('[aria-current="page"]');
    const row = here?.closest("nav");
    if (!here || !row) return;
    const [place, room] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += place.left - room.left - (room.width - place.width) / 2;
  }
}

customElements.define("bw-strip", Strip);
