/** <bw-seat> around who is at a conversation: says that its person leaves, as the page goes. */
export class Seat extends HTMLElement {
  #go = (): void => {
    const { leave, token } = this.dataset;
    if (!leave || !token) return;
    const said = new FormData();
    said.set("csrfmiddlewaretoken", token);
    navigator.sendBeacon(leave, said);
  };

  connectedCallback(): void {
    window.addEventListener("pagehide", this.#go);
  }

  disconnectedCallback(): void {
    window.removeEventListener("pagehide", this.#go);
  }
}

customElements.define("bw-seat", Seat);
