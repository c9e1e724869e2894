// The draft in hand and its way into memory: what was typed last is what is kept.
import { newDraft, newEntry, reopened, timed, isBegun } from "./report-draft.js";
import { backToDraft, draftOf, keepDraft, queue } from "./report-store.js";

export class Keeper {
  constructor(reporter) {
    this.reporter = reporter;
    this.draft = newDraft(reporter);
    this.saving = Promise.resolve();
  }

  get current() {
    return this.draft.current;
  }

  async load() {
    this.draft = (await draftOf(this.reporter)) ?? this.draft;
  }

  // One after the other, in the order they were typed.
  save() {
    const copy = structuredClone(this.draft);
    this.saving = this.saving.then(() => keepDraft(copy)).catch((error) => console.warn("Not kept:", error));
    return this.saving;
  }

  change(told) {
    this.draft.current = { ...this.current, ...told };
    return this.save();
  }

  without(field) {
    return Object.fromEntries(Object.entries(this.current.faults).filter(([name]) => name !== field));
  }

  // Puts the finished observation with the others of the sending, and begins on another.
  add(entry) {
    this.draft.entries.push(entry);
    this.draft.current = newEntry();
    return this.save();
  }

  takeOut(at) {
    return this.draft.entries.splice(at, 1)[0];
  }

  // Takes one of the others up again; what stands in the form takes its place among them.
  reopen(at) {
    const entry = this.takeOut(at);
    if (isBegun(this.current)) this.draft.entries.push(timed(this.current));
    this.draft.current = reopened(entry);
  }

  // Out of the draft and into the queue in one step: whoever closes the page has it in one of them.
  async queued(sending, shown) {
    const old = this.draft;
    this.draft = newDraft(this.reporter);
    shown();
    try {
      await this.saving;
      await queue(sending, this.draft);
    } catch (error) {
      this.draft = old;
      shown();
      throw error;
    }
  }

  // A refused sending becomes what is typed again, with what has to be put right in the form.
  async takeBack(sending) {
    const begun = isBegun(this.current) ? [timed(this.current)] : [];
    const entries = [...this.draft.entries, ...begun, ...sending.entries];
    const faulty = entries.findIndex((entry) => Object.keys(entry.faults).length);
    const [current] = entries.splice(Math.max(faulty, 0), 1);
    const next = { ...this.draft, entries, current: reopened(current) };
    await this.saving;
    await backToDraft(sending.client_id, next);
    this.draft = next;
  }
}
