// One observation as it is typed, and the sending it belongs to.

export const mark = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  // An address without https has no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

export const newEntry = () => ({
  category: "",
  severity: "",
  when: "now",
  start: "",
  end: "",
  text: "",
  place_name: "",
  geometry: null,
  precision: "named",
  joins: null,
  photos: [],
  nobody_recognisable: false,
  faults: {},
});

export const newDraft = (reporter) => ({ reporter, client_id: mark(), entries: [], current: newEntry() });

// Whether anything was typed that somebody would miss.
export const isBegun = (entry) =>
  Boolean(entry.category || entry.severity || entry.text || entry.place_name || entry.geometry || entry.photos.length);

const startOfDay = (now) => new Date(now.getFullYear(), now.getMonth(), now.getDate());

// "Now" is when it was saved, however much later it is sent.
export const timed = (entry, now = new Date()) => {
  if (entry.when === "chosen") {
    const start = new Date(entry.start);
    const end = entry.end ? new Date(entry.end) : start;
    return { ...entry, start_at: start.toISOString(), end_at: end.toISOString() };
  }
  const start = entry.when === "today" ? startOfDay(now) : now;
  return { ...entry, start_at: start.toISOString(), end_at: now.toISOString() };
};

export const faultsOf = (entry, texts) => ({
  ...(!entry.category && { category: texts.noCategory }),
  ...(!entry.geometry && !entry.place_name.trim() && { place: texts.noPlace }),
  ...(!entry.severity && { severity: texts.noSeverity }),
  ...(entry.when === "chosen" && !entry.start && { when: texts.noStart }),
  ...(entry.photos.length && !entry.nobody_recognisable && { photos: texts.noStatement }),
});

export const asSent = (entry) => ({
  category: entry.category,
  severity: entry.severity,
  start: entry.start_at,
  end: entry.end_at,
  text: entry.text,
  geometry: entry.geometry,
  precision: entry.geometry ? entry.precision : "named",
  place_name: entry.place_name,
  joins: entry.joins,
});

export const sendingOf = (draft, entries, organisation, nothing = false) => ({
  client_id: draft.client_id,
  reporter: draft.reporter,
  organisation,
  nothing,
  typed_at: new Date().toISOString(),
  state: "waiting",
  message: "",
  entries,
});

const local = (moment) => {
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

// To be changed again: what "now" was when it was typed is still when it happened.
export const reopened = (entry) =>
  entry.start_at ? { ...entry, joins: null, when: "chosen", start: local(entry.start_at), end: local(entry.end_at) } : entry;
