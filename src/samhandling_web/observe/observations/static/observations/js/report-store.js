// The telephone's own memory: what is being typed, and what waits to be sent. Nothing is lost when
// the page is closed, and what is sent leaves the draft and enters the queue in one step.

const NAME = "samhandling-rapport";
const DRAFTS = "drafts";
const SENDINGS = "sendings";

let opened;

const open = () => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(DRAFTS, { keyPath: "reporter" });
      request.result.createObjectStore(SENDINGS, { keyPath: "client_id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
};

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Resolves when the memory has it, not when it was asked to.
const written = async (stores, change) => {
  const transaction = (await open()).transaction(stores, "readwrite", { durability: "strict" });
  const whole = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  change((name) => transaction.objectStore(name));
  await whole;
};

const read = async (store, key) => {
  const from = (await open()).transaction(store).objectStore(store);
  return asked(key === undefined ? from.getAll() : from.get(key));
};

export const draftOf = (reporter) => read(DRAFTS, reporter);

export const keepDraft = (draft) => written([DRAFTS], (store) => store(DRAFTS).put(draft));

export const queue = (sending, nextDraft) =>
  written([DRAFTS, SENDINGS], (store) => {
    store(SENDINGS).put(sending);
    if (nextDraft) store(DRAFTS).put(nextDraft);
  });

export const backToDraft = (clientId, draft) =>
  written([DRAFTS, SENDINGS], (store) => {
    store(SENDINGS).delete(clientId);
    store(DRAFTS).put(draft);
  });

export const keepSending = (sending) => written([SENDINGS], (store) => store(SENDINGS).put(sending));

export const forget = (clientId) => written([SENDINGS], (store) => store(SENDINGS).delete(clientId));

export const sendings = async () => {
  const found = await read(SENDINGS);
  return found.sort((one, other) => one.typed_at.localeCompare(other.typed_at));
};

const A_DAY = 24 * 3600 * 1000;

// What was sent yesterday is on "my reports"; the telephone need not remember it.
export const forgetSent = async () => {
  const before = new Date(Date.now() - A_DAY).toISOString();
  for (const one of await sendings()) {
    if (one.state === "sent" && one.sent_at < before) await forget(one.client_id);
  }
};
