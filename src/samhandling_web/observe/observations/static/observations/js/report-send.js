// Sends what waits, one after the other, as soon as there is network. A sending that the server
// already has answers the same again, so one too many does no harm.
import { asSent } from "./report-draft.js";
import { keepSending, sendings } from "./report-store.js";

const WAIT_MS = 30_000;

const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;

const post = (address, body, headers = {}) =>
  fetch(address, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRFToken": token(), ...headers },
    credentials: "same-origin",
    // Who is no longer signed in is sent to a page; that is no receipt.
    redirect: "manual",
    signal: AbortSignal.timeout(WAIT_MS),
  });

const toldBy = async (answer) => {
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("application/json");
  return isJson ? answer.json() : null;
};

// What to do next: "sent", "refused", "sign-in", or "later" when there is no network or the server fails.
const outcome = async (answer) => {
  if (answer.type === "opaqueredirect" || answer.status === 401) return { next: "sign-in" };
  const told = await toldBy(answer);
  if (answer.ok && told) return { next: "sent", told };
  // A token from before the last sign-in: signing in again gives a new one.
  if (answer.status === 403 && !told) return { next: "sign-in" };
  if (answer.status >= 400 && answer.status < 500 && told) return { next: "refused", told };
  return { next: "later" };
};

const besideEach = (entries, faults) =>
  entries.map((entry, at) => {
    const own = faults.filter(({ number }) => number === at + 1);
    return { ...entry, faults: Object.fromEntries(own.map(({ field, message }) => [field, message])) };
  });

const sendObservations = async (address, sending) => {
  const body = JSON.stringify({
    client_id: sending.client_id,
    reporter: sending.reporter,
    organisation: sending.organisation,
    nothing: sending.nothing,
    typed_at: sending.typed_at,
    observations: sending.entries.map(asSent),
  });
  const { next, told } = await outcome(await post(address, body, { "Content-Type": "application/json" }));
  if (next === "sent") return { ...sending, state: "photos", received_at: told.received_at, message: "" };
  if (next === "refused") {
    return { ...sending, state: "refused", message: told.error, entries: besideEach(sending.entries, told.faults ?? []) };
  }
  return { ...sending, next };
};

// Photos go one by one after what they show; each is let go of when the server has it.
const sendPhotos = async (address, sending) => {
  let left = sending;
  for (const [at, entry] of sending.entries.entries()) {
    for (const photo of entry.photos.filter(({ message }) => !message)) {
      const body = new FormData();
      body.append("client_id", photo.id);
      body.append("photo", new Blob([photo.bytes], { type: photo.type }), photo.name || "foto.jpg");
      if (entry.nobody_recognisable) body.append("nobody_recognisable", "on");
      const { next, told } = await outcome(await post(`${address}${sending.client_id}/${at + 1}/foto/`, body));
      if (next !== "sent" && next !== "refused") return { ...left, next };
      const kept = left.entries[at].photos.flatMap((one) => {
        if (one.id !== photo.id) return [one];
        return next === "refused" ? [{ ...one, message: told.error }] : [];
      });
      const entries = left.entries.map((one, index) => (index === at ? { ...one, photos: kept } : one));
      left = { ...left, entries };
      await keepSending(left);
    }
  }
  const refused = left.entries.flatMap(({ photos }) => photos.map(({ message }) => message));
  if (refused.length) return { ...left, state: "photo-refused", message: refused.join(" ") };
  return { ...left, state: "sent", message: "", sent_at: new Date().toISOString() };
};

let running = null;

// Sends everything of this person's; `changed` hears how it goes after each.
export const flush = (address, reporter, changed) => {
  running ??= flushed(address, reporter, changed).finally(() => {
    running = null;
  });
  return running;
};

const flushed = async (address, reporter, changed) => {
  if (!navigator.onLine) return "later";
  for (const sending of await sendings()) {
    if (sending.reporter !== reporter || !["waiting", "photos"].includes(sending.state)) continue;
    const next = await sent(address, sending, changed);
    if (next) return next;
  }
  return "done";
};

const sent = async (address, sending, changed) => {
  let now = sending;
  try {
    for (const step of [sendObservations, sendPhotos]) {
      if (step === sendObservations && now.state === "photos") continue;
      const { next, ...kept } = await step(address, now);
      now = kept;
      await keepSending(now);
      await changed();
      if (next) return next;
      if (now.state === "refused") return null;
    }
  } catch (error) {
    // The network went while it was on its way; what was kept last is sent again.
    console.info("Not sent yet:", error.message);
    return "later";
  }
  return null;
};
