/**
 * <bw-pictures data-url data-said-sending="Uploading {name}" data-said-again data-said-failed> around
 * a list [data-lines], a file input and a place [data-progress]. Files that are chosen, dropped or
 * pasted are sent one by one; each answer is a line of the list, or a notice that says what is wrong.
 * Each change is told with an input event whose detail is "now": save it at once (bw-autosave).
 * The buttons [data-move] of a line (-1, 1; 0 removes it) work in place. Without script, the form does.
 */
export class Pictures extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", this.#chosen);
    this.addEventListener("click", this.#moved);
    this.addEventListener("dragover", this.#over);
    this.addEventListener("dragleave", () => this.#drop?.removeAttribute("data-over"));
    this.addEventListener("drop", this.#dropped);
    document.addEventListener("paste", this.#pasted);
  }

  disconnectedCallback(): void {
    document.removeEventListener("paste", this.#pasted);
  }

  get #drop(): Element | null {
    return this.querySelector(".drop");
  }

  #chosen = (event: Event): void => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    event.stopPropagation();
    const files = [...(input.files ?? [])];
    input.value = "";
    void this.#take(files);
  };

  #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#drop?.setAttribute("data-over", "");
  };

  #dropped = (event: DragEvent): void => {
    this.#drop?.removeAttribute("data-over");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.#take(files);
  };

  #pasted = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (files.length === 0) return;
    event.preventDefault();
    void this.#take(files);
  };

  async #take(files: File[]): Promise<void> {
    for (const file of files) await this.#send(file);
  }

  #send(file: File): Promise<void> {
    const line = document.createElement("div");
    const bar = document.createElement("progress");
    line.className = "uploading";
    bar.max = 1;
    line.append(this.#said("saidSending", file), bar);
    this.querySelector("[data-progress]")?.append(line);
    const body = new FormData();
    body.set("picture", file);
    const token = this.closest("form")?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
    body.set("csrfmiddlewaretoken", token?.value ?? "");
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.dataset["url"] ?? "");
      request.setRequestHeader("HX-Request", "true");
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) bar.value = event.loaded / event.total;
      };
      request.onloadend = () => {
        this.#answered(file, line, request);
        done();
      };
      request.send(body);
    });
  }

  #answered(file: File, line: HTMLElement, request: XMLHttpRequest): void {
    if (request.status === 201) {
      line.remove();
      return this.#add(file, request.responseText);
    }
    const said = request.responseText.includes('class="notice"');
    if (said) {
      line.innerHTML = request.responseText;
      line.querySelector("p")?.prepend(`${file.name}: `);
    } else line.replaceChildren(this.#said("saidFailed", file));
    line.className = said ? "" : "field-error";
  }

  #add(file: File, html: string): void {
    const answer = document.createElement("template");
    answer.innerHTML = html;
    const fresh = answer.content.querySelector<HTMLElement>("[data-picture]");
    const lines = this.querySelector("[data-lines]");
    if (!fresh || !lines) return;
    const id = fresh.dataset["picture"] ?? "";
    if (lines.querySelector(`[data-picture="${CSS.escape(id)}"]`)) {
      const again = document.createElement("p");
      again.append(this.#said("saidAgain", file));
      return this.querySelector("[data-progress]")?.append(again);
    }
    lines.append(fresh);
    fresh.querySelector("textarea")?.focus();
    this.#tell();
  }

  #moved = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest<HTMLButtonElement>("button[data-move]");
    const line = button?.closest("[data-picture]");
    if (!button || !line) return;
    event.preventDefault();
    const step = button.dataset["move"];
    if (step === "0") line.remove();
    else if (step === "-1") line.previousElementSibling?.before(line);
    else line.nextElementSibling?.after(line);
    if (step !== "0") button.focus();
    else this.querySelector<HTMLElement>("input[type=file]")?.focus();
    this.#tell();
  };

  #tell(): void {
    this.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "now" }));
  }

  #said(name: string, file: File): string {
    return (this.dataset[name] ?? "").replace("{name}", file.name);
  }
}

customElements.define("bw-pictures", Pictures);
