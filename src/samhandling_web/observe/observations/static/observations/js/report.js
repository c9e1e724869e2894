// The report page on a telephone: keeps what is typed from the first tap, and sends it once.
import { faultsOf, isBegun, newDraft, sendingOf, timed } from "./report-draft.js";
import { ReportForm } from "./report-form.js";
import { Keeper } from "./report-keeper.js";
import { nearChosen, showNear } from "./report-near.js";
import { Queue } from "./report-queue.js";
import { flush } from "./report-send.js";
import { forget, forgetSent, keepSending, sendings } from "./report-store.js";
import { Where } from "./report-where.js";

const RETRY_MS = 30_000;
const element = document.getElementById("rapport");
const texts = document.getElementById("mall-texter").dataset;
const reporter = Number(element.dataset.reporter);
const keeper = new Keeper(reporter);
const page = new ReportForm(element, texts);
const where = new Where(element, texts, (told) => change({ ...told, faults: keeper.without("place") }));
const shown = new Queue(page, texts, { edit, drop });
let needsSignIn = false;
let isBusy = false;

const change = (told) => {
  const kept = keeper.change(told);
  page.showFaults(keeper.current.faults);
  return kept;
};

const show = () => {
  page.write(keeper.current);
  where.write(keeper.current);
  page.showEntries(keeper.draft.entries);
};

const showQueue = async () => shown.show(await sendings(), reporter, needsSignIn);

const send = async () => {
  const next = await flush(element.dataset.receive, reporter, showQueue);
  needsSignIn = next === "sign-in";
  await showQueue();
};

const organisation = () => Number(element.elements.organisation?.value) || null;

// What stands in the form, if nothing is lacking.
const whole = async () => {
  const typed = page.read(keeper.current);
  const faults = faultsOf(typed, texts);
  await change({ ...typed, faults });
  if (!Object.keys(faults).length) return typed;
  page.focusFault();
  return null;
};

// The observation, ready to be sent, with what it is the same as. It may be changed while the
// person is asked; its time is when it was first said to be ready.
const finished = async () => {
  const now = new Date();
  const typed = await whole();
  if (!typed) return null;
  const joins = await nearChosen(element, timed(typed, now));
  const after = await whole();
  return after && { ...timed(after, now), joins };
};

// One at a time: a second tap on a button must not send twice.
const alone = (work) => async () => {
  if (isBusy) {
    showNear();
    return;
  }
  isBusy = true;
  try {
    await work();
  } finally {
    isBusy = false;
  }
};

const add = alone(async () => {
  const entry = await finished();
  if (!entry) return;
  await keeper.add(entry);
  show();
  element.scrollIntoView({ block: "start" });
});

const submit = alone(async () => {
  const others = keeper.draft.entries;
  const isBegunHere = !others.length || isBegun(page.read(keeper.current));
  const last = isBegunHere ? await finished() : null;
  if (isBegunHere && !last) return;
  const entries = [...keeper.draft.entries, ...(last ? [last] : [])];
  await keeper.queued(sendingOf(keeper.draft, entries, organisation()), show);
  await told();
});

const nothing = alone(async () => {
  await keepSending(sendingOf(newDraft(reporter), [], organisation(), true));
  await told();
});

const told = async () => {
  await showQueue();
  document.getElementById("kvar").scrollIntoView({ block: "start" });
  await send();
};

async function edit(clientId) {
  const sending = (await sendings()).find((one) => one.client_id === clientId);
  if (!sending) return;
  await change(page.read(keeper.current));
  await keeper.takeBack(sending);
  show();
  await showQueue();
  page.focusFault();
}

async function drop(clientId) {
  await forget(clientId);
  await showQueue();
}

const entryPressed = async ({ target }) => {
  const button = target.closest("button[data-entry]");
  if (!button) return;
  await change(page.read(keeper.current));
  if ("edit" in button.dataset) keeper.reopen(Number(button.dataset.entry));
  else keeper.takeOut(Number(button.dataset.entry));
  show();
  await keeper.save();
};

const photosPressed = ({ target }) => {
  const button = target.closest("button[data-drop-photo]");
  if (!button) return;
  const photos = keeper.current.photos.filter(({ id }) => id !== button.dataset.dropPhoto);
  change({ photos, faults: keeper.without("photos") });
  page.showPhotos(photos);
};

const typed = async ({ target }) => {
  if (target.name !== "photos") {
    await change(page.read(keeper.current));
    return;
  }
  const taken = await page.takePhotos(page.read(keeper.current), target.files);
  await change(taken);
  page.showPhotos(taken.photos);
};

const listen = () => {
  const instead = (work) => (event) => {
    event.preventDefault();
    work();
  };
  element.addEventListener("input", typed);
  element.addEventListener("submit", instead(submit));
  element.querySelector("[data-add]").addEventListener("click", add);
  element.querySelector("[data-entries]").addEventListener("click", entryPressed);
  element.querySelector("[data-photos]").addEventListener("click", photosPressed);
  document.getElementById("inget").addEventListener("submit", instead(nothing));
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  // A bad network may come back without saying so.
  setInterval(send, RETRY_MS);
};

const start = async () => {
  try {
    await keeper.load();
    await forgetSent();
  } catch (error) {
    // Private windows may have no memory: the plain form still sends.
    console.warn("No memory:", error);
    shown.say(texts.noMemory);
    return;
  }
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
  if (isBegun(keeper.current) || keeper.draft.entries.length) show();
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
