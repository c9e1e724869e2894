import { inStore } from "./walk-store.js";

// <walk-queue>: keeps findings in the telephone until they have been received, and sends each once.
// Every finding has a mark of its own, so the same one sent twice is one finding to the server.
const AGAIN_MS = 20_000;

class WalkQueue extends HTMLElement {
  connectedCallback() {
    this.form = document.querySelector("[data-walk-finding]");
    if (!this.form) return;
    this.setAttribute("aria-live", "polite");
    this.form.addEventListener("submit", (event) => this.keep(event));
    window.addEventListener("online", () => this.send());
    this.timer = setInterval(() => this.send(), AGAIN_MS);
    this.send();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  text(name) {
    return this.getAttribute(`text-${name}`) ?? "";
  }

  // What was typed is kept before anything is sent: a page that dies loses nothing.
  async keep(event) {
    event.preventDefault();
    const fields = [...new FormData(this.form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size));
    const finding = { id: this.form.elements.client_id.value, walk: this.getAttribute("walk"), action: this.form.action, at: Date.now(), fields };
    try {
      await inStore("readwrite", (store) => store.put(finding));
    } catch (error) {
      console.warn("Not kept:", error);
      this.form.submit();
      return;
    }
    this.empty();
    await this.send(finding.id);
  }

  // Not reset: a form that came filled in with what was found before would be so again.
  empty() {
    for (const field of this.form.elements) {
      if (field.type === "checkbox") field.checked = false;
      else if (field instanceof HTMLSelectElement) field.selectedIndex = 0;
      else if (["text", "file", "textarea"].includes(field.type)) field.value = "";
    }
    this.form.elements.client_id.value = crypto.randomUUID();
    this.form.elements.repeats.value = "";
    this.retell();
  }

  // The map follows what stands in its inputs.
  retell() {
    this.form.elements.position_latitude.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async send(latest) {
    if (this.sending) {
      this.pending = true;
      return;
    }
    this.sending = true;
    const told = [];
    try {
      for (const finding of await this.waiting()) {
        if (finding.refused && finding.id !== latest) continue;
        const answer = await this.sendOne(finding);
        if (!answer) break;
        if (answer.text) told.push(answer.text);
      }
    } finally {
      this.sending = false;
    }
    await this.show(told);
    if (this.pending) {
      this.pending = false;
      await this.send();
    }
  }

  async sendOne(finding) {
    const body = new FormData();
    for (const [name, value] of finding.fields) body.append(name, value);
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    let response;
    try {
      response = await fetch(finding.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" });
    } catch {
      return null;
    }
    const answer = await response.json().catch(() => null);
    this.loggedOut = response.type === "opaqueredirect" || (response.status === 403 && !answer);
    if (this.loggedOut || !answer || response.status >= 500) return null;
    if (response.status === 201) {
      await inStore("readwrite", (store) => store.delete(finding.id));
      return answer;
    }
    finding.refused = answer.errors ?? [answer.error ?? String(response.status)];
    await inStore("readwrite", (store) => store.put(finding));
    return {};
  }

  async waiting() {
    const kept = await inStore("readonly", (store) => store.getAll());
    return kept.filter(({ walk }) => walk === this.getAttribute("walk")).sort((a, b) => a.at - b.at);
  }

  async show(told) {
    const left = await this.waiting();
    const lines = [...told];
    const unsent = left.filter(({ refused }) => !refused);
    if (unsent.length) lines.push(this.loggedOut ? this.text("login") : this.text("kept"), `${this.text("waiting")} ${unsent.length}`);
    this.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })), ...left.filter(({ refused }) => refused).map((finding) => this.refusal(finding)));
    this.dataset.waiting = left.length;
  }

  refusal(finding) {
    const line = Object.assign(document.createElement("p"), { textContent: `${this.text("refused")} ${finding.refused.join(" ")} ` });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "ds-button", textContent: this.text("mend") });
    button.dataset.variant = "secondary";
    button.addEventListener("click", () => this.mend(finding));
    line.append(button);
    return line;
  }

  // Back into the form to be put right; it stays in the store until it has been received.
  mend(finding) {
    this.empty();
    for (const [name, value] of finding.fields) {
      const field = this.form.elements[name];
      if (value instanceof File) {
        const files = new DataTransfer();
        for (const [other, file] of finding.fields) if (other === name) files.items.add(file);
        field.files = files.files;
      } else if (field?.type === "checkbox") field.checked = true;
      else if (field) field.value = value;
    }
    this.retell();
    this.form.querySelector("select").focus();
  }
}

customElements.define("walk-queue", WalkQueue);
