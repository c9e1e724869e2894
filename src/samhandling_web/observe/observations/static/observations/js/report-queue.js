// What the page says of what was sent, what waits and what was refused.

const clock = (moment) => new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });

const WAITING = new Set(["waiting", "photos"]);

export class Queue {
  constructor(form, texts, { edit, drop }) {
    this.form = form;
    this.texts = texts;
    this.section = document.getElementById("kvar");
    this.line = this.section.querySelector("[data-state-line]");
    this.list = this.section.querySelector("[data-queue]");
    this.section.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-client]");
      if (!button) return;
      if ("edit" in button.dataset) edit(button.dataset.client);
      else drop(button.dataset.client);
    });
  }

  show(sendings, reporter, needsSignIn) {
    const own = sendings.filter((one) => one.reporter === reporter);
    const waiting = own.filter(({ state }) => WAITING.has(state));
    const others = sendings.some((one) => one.reporter !== reporter && one.state !== "sent");
    const count = waiting.reduce((sum, one) => sum + Math.max(one.entries.length, 1), 0);
    this.line.textContent = [this.waitingText(count), others && this.texts.other].filter(Boolean).join(" ");
    const rows = own.filter((one) => one.state !== "sent").map((one) => this.row(one, needsSignIn));
    const latest = own.filter(({ state }) => state === "sent").slice(-1);
    this.list.replaceChildren(...rows, ...latest.map((one) => this.row(one, false)));
    this.section.hidden = !own.length && !others;
  }

  say(text) {
    this.line.textContent = text;
    this.section.hidden = false;
  }

  waitingText(count) {
    if (!count) return "";
    return count === 1 ? this.texts.waitingOne : this.texts.waitingMany.replace("{n}", count);
  }

  row(sending, needsSignIn) {
    const part = document.getElementById("mall-post").content.cloneNode(true);
    const names = sending.nothing ? [this.texts.nothing] : sending.entries.map((entry) => this.form.label(entry));
    part.querySelector("[data-label]").textContent = names.join(" · ");
    part.querySelector("[data-text]").textContent = this.stateText(sending, needsSignIn);
    part.querySelector("[data-fault]").textContent = sending.message ?? "";
    part.querySelector("[data-sign-in]").hidden = !(needsSignIn && WAITING.has(sending.state));
    const isRefused = sending.state === "refused";
    this.button(part, "edit", sending, isRefused && !sending.nothing);
    this.button(part, "drop", sending, isRefused || sending.state === "photo-refused");
    return part;
  }

  button(part, name, sending, isShown) {
    const button = part.querySelector(`[data-${name}]`);
    button.hidden = !isShown;
    button.dataset.client = sending.client_id;
  }

  stateText({ state, sent_at: sentAt }, needsSignIn) {
    if (state === "sent") return this.texts.sent.replace("{time}", clock(sentAt));
    if (state === "refused") return this.texts.refused;
    if (state === "photo-refused") return "";
    return needsSignIn ? this.texts.signIn : "";
  }
}
