// Between the form on the page and the observation in memory.
import { mark } from "./report-draft.js";

const FIELDS = ["text", "place_name", "start", "end"];
const CHOICES = ["category", "severity", "when"];
const FAULT_FIELDS = { start: "when", end: "when", place_name: "place", joins: "place", geometry: "place" };
const MOST_PHOTOS = 3;

export class ReportForm {
  constructor(form, texts) {
    this.form = form;
    this.texts = texts;
    this.photos = [];
    this.addresses = [];
  }

  read(entry) {
    const data = new FormData(this.form);
    const typed = Object.fromEntries([...FIELDS, ...CHOICES].map((name) => [name, data.get(name) ?? ""]));
    // A corrected field is judged anew.
    const changed = [...FIELDS, ...CHOICES].filter((name) => typed[name] !== entry[name]);
    const settled = new Set(changed.map((name) => FAULT_FIELDS[name] ?? name));
    const faults = Object.fromEntries(Object.entries(entry.faults).filter(([name]) => !settled.has(name)));
    if (this.isGood(typed)) typed.severity = "green";
    return { ...entry, ...typed, faults, nobody_recognisable: data.has("nobody_recognisable") };
  }

  write(entry) {
    for (const name of FIELDS) this.form.elements[name].value = entry[name];
    for (const name of CHOICES) {
      for (const option of this.form.querySelectorAll(`input[name="${name}"]`)) option.checked = option.value === entry[name];
    }
    this.form.elements.nobody_recognisable.checked = entry.nobody_recognisable;
    if (entry.text || entry.photos.length) this.form.querySelector("[data-more]").open = true;
    this.showPhotos(entry.photos);
    this.showFaults(entry.faults);
  }

  showFaults(faults) {
    const beside = {};
    for (const [name, message] of Object.entries(faults)) {
      const field = FAULT_FIELDS[name] ?? name;
      beside[field] = [beside[field], message].filter(Boolean).join(" ");
    }
    for (const part of this.form.querySelectorAll("[data-field]")) {
      const message = beside[part.dataset.field] ?? "";
      part.querySelector("[data-fault]").textContent = message;
      part.toggleAttribute("data-invalid", Boolean(message));
      if (message) part.closest("details")?.setAttribute("open", "");
    }
  }

  // What is good is not more or less serious.
  isGood(entry) {
    return Boolean(this.form.querySelector(`input[name="category"][value="${CSS.escape(entry.category)}"][data-good]`));
  }

  // To where it has to be put right.
  focusFault() {
    const part = this.form.querySelector("[data-field][data-invalid]");
    part?.scrollIntoView({ block: "center" });
    part?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
  }

  async takePhotos(entry, files) {
    const taken = [];
    for (const file of [...files].slice(0, MOST_PHOTOS - entry.photos.length)) {
      taken.push({ id: mark(), name: file.name, type: file.type, bytes: await file.arrayBuffer() });
    }
    const tooMany = files.length > taken.length;
    const { photos: _settled, ...others } = entry.faults;
    const faults = tooMany ? { ...others, photos: this.texts.tooMany.replace("{n}", MOST_PHOTOS) } : others;
    return { ...entry, faults, photos: [...entry.photos, ...taken] };
  }

  showPhotos(photos) {
    for (const address of this.addresses) URL.revokeObjectURL(address);
    this.addresses = photos.map(({ bytes, type }) => URL.createObjectURL(new Blob([bytes], { type })));
    const template = document.getElementById("mall-foto");
    const rows = photos.map((photo, at) => {
      const row = template.content.cloneNode(true);
      row.querySelector("[data-image]").src = this.addresses[at];
      row.querySelector("[data-drop]").dataset.dropPhoto = photo.id;
      return row;
    });
    this.form.querySelector("[data-photos]").replaceChildren(...rows);
    this.form.elements.photos.value = "";
  }

  // The other observations of the same sending, each to be taken up again or dropped.
  showEntries(entries) {
    const template = document.getElementById("mall-post");
    const rows = entries.map((entry, at) => {
      const row = template.content.cloneNode(true);
      row.querySelector("[data-label]").textContent = this.label(entry);
      row.querySelector("[data-fault]").textContent = Object.values(entry.faults).join(" ");
      for (const name of ["edit", "drop"]) {
        const button = row.querySelector(`[data-${name}]`);
        button.hidden = false;
        button.dataset.entry = at;
      }
      return row;
    });
    this.form.querySelector("[data-entries]").replaceChildren(...rows);
    document.getElementById("fler").hidden = !rows.length;
  }

  label(entry) {
    const option = this.form.querySelector(`input[name="category"][value="${CSS.escape(entry.category)}"]`);
    const name = option?.labels[0].textContent ?? entry.category;
    const photos = entry.photos.length === 1 ? this.texts.photo : this.texts.photos;
    return [name, entry.place_name, entry.photos.length && photos.replace("{n}", entry.photos.length), entry.joins && this.texts.same]
      .filter(Boolean)
      .join(", ");
  }
}
