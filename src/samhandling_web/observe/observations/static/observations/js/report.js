// The report page on a telephone: keeps what is typed from the first tap, and sends it once.
import { faultsOf, isBegun, newDraft, newEntry, sendingOf, timed } from "./report-draft.js";
import { ReportForm } from "./report-form.js";
import { nearChosen } from "./report-near.js";
import { Queue } from "./report-queue.js";
import { flush } from "./report-send.js";
import { backToDraft, draftOf, forget, forgetSent, keepDraft, queue, sendings } from "./report-store.js";
import { Where } from "./report-where.js";

const element = document.getElementById("rapport");
const texts = document.getElementById("mall-texter").dataset;
const reporter = Number(element.dataset.reporter);
const page = new ReportForm(element, texts);
const where = new Where(element, texts, (told) => change({ ...told, faults: without("place") }));
const shown = new Queue(page, texts, { edit, drop });
let draft = newDraft(reporter);
let needsSignIn = false;
let saving = Promise.resolve();

// One after the other, so that what was typed last is what is kept.
const save = () => {
  const copy = structuredClone(draft);
  saving = saving.then(() => keepDraft(copy)).catch((error) => console.warn("Not kept:", error));
  return saving;
};

const without = (field) => Object.fromEntries(Object.entries(draft.current.faults).filter(([name]) => name !== field));

const change = (told) => {
  draft.current = { ...draft.current, ...told };
  page.showFaults(draft.current.faults);
  return save();
};

const show = () => {
  page.write(draft.current);
  where.write(draft.current);
  showEntries();
};

const showEntries = () => {
  const template = document.getElementById("mall-post");
  const rows = draft.entries.map((entry, at) => {
    const row = template.content.cloneNode(true);
    row.querySelector("[data-label]").textContent = page.label(entry);
    row.querySelector("[data-fault]").textContent = Object.values(entry.faults).join(" ");
    for (const name of ["edit", "drop"]) {
      const button = row.querySelector(`[data-${name}]`);
      button.hidden = false;
      button.dataset.entry = at;
    }
    return row;
  });
  element.querySelector("[data-entries]").replaceChildren(...rows);
  document.getElementById("fler").hidden = !rows.length;
};

const showQueue = async () => shown.show(await sendings(), reporter, needsSignIn);

const send = async () => {
  const next = await flush(element.dataset.receive, reporter, showQueue);
  needsSignIn = next === "sign-in";
  await showQueue();
};

const organisation = () => Number(element.elements.organisation?.value) || null;

// The observation that stands in the form, ready to be sent; null when something is lacking.
const finished = async () => {
  const typed = page.read(draft.current);
  const faults = faultsOf(typed, texts);
  await change({ ...typed, faults });
  if (Object.keys(faults).length) {
    page.focusFault();
    return null;
  }
  const entry = timed(typed);
  return { ...entry, joins: await nearChosen(element, entry) };
};

const add = async () => {
  const entry = await finished();
  if (!entry) return;
  draft.entries.push(entry);
  draft.current = newEntry();
  await save();
  show();
  element.scrollIntoView({ block: "start" });
};

const submit = async () => {
  const isAlone = !draft.entries.length || isBegun(page.read(draft.current));
  const last = isAlone ? await finished() : null;
  if (isAlone && !last) return;
  const entries = [...draft.entries, ...(last ? [last] : [])];
  await queued(sendingOf(draft, entries, organisation()));
  document.getElementById("kvar").scrollIntoView({ block: "start" });
};

// Out of the draft and into the queue in one step: a page that is closed here has one of them.
const queued = async (sending) => {
  const next = newDraft(reporter);
  await saving;
  await queue(sending, sending.nothing ? null : next);
  if (!sending.nothing) {
    draft = next;
    show();
  }
  await showQueue();
  await send();
};

async function edit(clientId) {
  const sending = (await sendings()).find((one) => one.client_id === clientId);
  if (!sending) return;
  const entries = [...draft.entries, ...(isBegun(draft.current) ? [timed(draft.current)] : []), ...sending.entries];
  const faulty = Math.max(entries.findIndex((entry) => Object.keys(entry.faults).length), 0);
  const [current] = entries.splice(faulty, 1);
  const next = { ...draft, entries, current: reopened(current) };
  await saving;
  await backToDraft(clientId, next);
  draft = next;
  show();
  await showQueue();
  page.focusFault();
}

// What "now" was when it was typed is still when it happened.
const local = (moment) => {
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const reopened = (entry) => (entry.start_at ? { ...entry, when: "chosen", start: local(entry.start_at), end: local(entry.end_at) } : entry);

async function drop(clientId) {
  await forget(clientId);
  await showQueue();
}

const entryPressed = ({ target }) => {
  const button = target.closest("button[data-entry]");
  if (!button) return;
  const [entry] = draft.entries.splice(Number(button.dataset.entry), 1);
  if ("edit" in button.dataset) {
    const typed = page.read(draft.current);
    if (isBegun(typed)) draft.entries.push(timed(typed));
    draft.current = reopened(entry);
  }
  save();
  show();
};

const photosPressed = ({ target }) => {
  const button = target.closest("button[data-drop-photo]");
  if (!button) return;
  change({ photos: draft.current.photos.filter(({ id }) => id !== button.dataset.dropPhoto), faults: without("photos") });
  page.showPhotos(draft.current.photos);
};

const typed = async ({ target }) => {
  if (target.name === "photos") {
    draft.current = await page.takePhotos(page.read(draft.current), target.files);
    page.showPhotos(draft.current.photos);
    await change({});
  } else await change(page.read(draft.current));
};

const nothing = async (event) => {
  event.preventDefault();
  await queued(sendingOf(newDraft(reporter), [], organisation(), true));
  document.getElementById("kvar").scrollIntoView({ block: "start" });
};

const listen = () => {
  element.addEventListener("input", typed);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  element.querySelector("[data-add]").addEventListener("click", add);
  element.querySelector("[data-entries]").addEventListener("click", entryPressed);
  element.querySelector("[data-photos]").addEventListener("click", photosPressed);
  document.getElementById("inget").addEventListener("submit", nothing);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
};

const start = async () => {
  try {
    draft = (await draftOf(reporter)) ?? draft;
    await forgetSent();
  } catch (error) {
    // Private windows may have no memory: the plain form still sends.
    console.warn("No memory:", error);
    document.getElementById("kvar").hidden = false;
    document.querySelector("[data-state-line]").textContent = texts.noMemory;
    return;
  }
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
  if (isBegun(draft.current) || draft.entries.length) show();
  listen();
  element.dataset.state = "ready";
  await showQueue();
  await send();
};

if ("serviceWorker" in navigator) {
  const { worker, scope } = element.dataset;
  navigator.serviceWorker.register(worker, { scope }).catch((error) => console.warn("Not kept for offline:", error));
}
start();
