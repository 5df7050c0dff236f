declare global {
  interface Window {
    htmx?: { process(element: Element): void };
  }
}

/**
 * Puts an answer's parts where they belong: each [data-into="#place"] fills that element, and the
 * rest (nothing, or a notice) becomes the content of `rest`.
 */
export function place(html: string, rest: Element | null): void {
  const answer = document.createElement("template");
  answer.innerHTML = html;
  for (const part of answer.content.querySelectorAll<HTMLElement>("[data-into]")) {
    part.remove();
    fill(document.querySelector(part.dataset["into"] ?? ""), part.childNodes);
  }
  fill(rest, answer.content.childNodes);
}

function fill(spot: Element | null, nodes: NodeListOf<ChildNode>): void {
  if (!spot) return;
  spot.replaceChildren(...nodes);
  window.htmx?.process(spot);
}
