// Where it was: here, pointed out on a map, or by name.

const WAIT_MS = 12_000;

// As far from the truth as the telephone says it may be.
const precisionOf = (metres) => (metres <= 25 ? "exact" : metres <= 100 ? "near" : "around");

const position = () =>
  new Promise((resolve, reject) => {
    if (!navigator.geolocation) reject(new Error("no geolocation"));
    else navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 30_000 });
  });

const rounded = (degrees) => Math.round(degrees * 1e6) / 1e6;

export class Where {
  constructor(form, texts, changed) {
    this.form = form;
    this.texts = texts;
    this.changed = changed;
    this.says = form.querySelector("[data-place]");
    this.panel = form.querySelector("#karta");
    this.opener = form.querySelector("[data-map]");
    form.querySelector("[data-here]").addEventListener("click", () => this.here());
    this.opener.addEventListener("click", () => this.toggle());
  }

  async here() {
    this.says.textContent = this.texts.finding;
    try {
      const { coords } = await position();
      const geometry = { type: "Point", coordinates: [rounded(coords.longitude), rounded(coords.latitude)] };
      this.metres = Math.round(coords.accuracy);
      this.changed({ geometry, precision: precisionOf(coords.accuracy) });
      this.says.textContent = this.texts.found.replace("{m}", this.metres);
      this.picker?.show(geometry);
    } catch {
      this.says.textContent = this.texts.outside;
    }
  }

  async toggle() {
    const isOpen = this.opener.getAttribute("aria-expanded") === "true";
    this.opener.setAttribute("aria-expanded", String(!isOpen));
    this.panel.hidden = isOpen;
    if (isOpen || this.picker) return;
    try {
      const { MapPicker } = await import("./map-picker.js");
      this.picker = new MapPicker(this.panel, this.form.dataset, (geometry) => this.pointed(geometry));
      await this.picker.draw(this.geometry);
    } catch (error) {
      console.warn("No map:", error);
      this.panel.hidden = true;
      this.picker = undefined;
      this.opener.setAttribute("aria-expanded", "false");
      this.says.textContent = this.texts.noMap;
    }
  }

  pointed(geometry) {
    this.geometry = geometry;
    this.changed({ geometry, precision: "near" });
    this.says.textContent = geometry ? this.texts.pointed : "";
  }

  write(entry) {
    this.geometry = entry.geometry;
    this.says.textContent = entry.geometry ? this.texts.pointed : "";
    this.picker?.show(entry.geometry);
  }
}
