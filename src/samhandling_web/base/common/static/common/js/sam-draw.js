// <sam-draw>: sets a point, a line or an area on the map. The inputs inside hold the value; see the README.
import { numbers, ringsIn, rowsOf, written } from "./coordinates.js";
import { drawLayers, shapesOf } from "./draw-style.js";

const STEP = 16;
const STRIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class SamDraw extends HTMLElement {
  connectedCallback() {
    if (this.started) return;
    this.started = true;
    const input = (name) => this.querySelector(`[name$="_${name}"]`);
    [this.kindChoice, this.latitude, this.longitude, this.corners] = ["kind", "latitude", "longitude", "corners"].map(input);
    this.inputs = [this.kindChoice, this.latitude, this.longitude, this.corners].filter(Boolean);
    this.said = this.querySelector("output");
    this.past = [];
    this.last = this.values();
    this.addEventListener("change", ({ target }) => this.inputs.includes(target) && !this.writing && this.retold(target));
    this.offerTools();
    this.drawMap().catch((error) => this.fail(error));
  }

  disconnectedCallback() {
    this.map?.remove();
    this.darkness?.removeEventListener("change", this.repaint);
  }

  offerTools() {
    this.querySelector(".sam-draw__tools").hidden = false;
    for (const button of this.querySelectorAll("[data-do]")) {
      button.hidden = button.dataset.do === "locate" && !navigator.geolocation;
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    this.showTools();
  }

  get kind() {
    return this.kindChoice?.value ?? this.getAttribute("kinds");
  }

  values() {
    return this.inputs.map(({ value }) => value);
  }

  get rings() {
    return ringsIn(this.kind === "point" ? [`${this.latitude.value}  ${this.longitude.value}`] : this.corners.value.split("\n"));
  }

  set rings(rings) {
    if (this.kind === "point") {
      const [corner] = rings.flat();
      [this.latitude.value, this.longitude.value] = corner ? [written(corner[1]), written(corner[0])] : ["", ""];
    } else {
      this.corners.value = rowsOf(rings);
    }
    this.told();
  }

  // The page hears of what the map wrote as if a person had written it.
  told() {
    this.writing = true;
    for (const input of this.inputs) input.dispatchEvent(new Event("change", { bubbles: true }));
    this.writing = false;
    this.last = this.values();
    this.show();
    this.dispatchEvent(new CustomEvent("sam-draw:change", { bubbles: true, detail: { kind: this.kind, rings: this.rings } }));
  }

  // A person wrote: both coordinates pasted in one input are parted, and the map follows.
  retold(input) {
    if (input !== this.kindChoice) this.past.push(this.last);
    if (this.latitude && !this.longitude.value.trim() && numbers(this.latitude.value).length === 2) {
      [this.latitude.value, this.longitude.value] = numbers(this.latitude.value).map(String);
    }
    this.told();
    this.fit();
  }

  place({ lng, lat }) {
    this.past.push(this.values());
    const rings = this.kind === "point" ? [] : this.rings;
    const corner = [lng, lat];
    this.rings = rings.length ? [...rings.slice(0, -1), [...rings.at(-1), corner]] : [[corner]];
    const number = this.rings.flat().length;
    this.say(this.kind === "point" ? "point" : "corner", { number, latitude: written(lat), longitude: written(lng) });
  }

  undo() {
    const values = this.past.pop();
    if (!values) return;
    this.inputs.forEach((input, at) => (input.value = values[at]));
    this.told();
    this.say("undone");
  }

  clear() {
    this.past.push(this.values());
    this.rings = [];
    this.say("cleared");
  }

  locate() {
    this.say("locating");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.place({ lng: coords.longitude, lat: coords.latitude });
        this.fit();
        this.say("located", { metres: Math.ceil(coords.accuracy) });
      },
      () => this.say("unlocated"),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 },
    );
  }

  say(name, places = {}) {
    const text = this.getAttribute(`text-${name}`) ?? "";
    this.said.textContent = text.replace(/\{(\w+)\}/g, (_, place) => places[place] ?? "");
  }

  showTools() {
    this.querySelector("[data-do=undo]").disabled = !this.past.length;
    this.querySelector("[data-do=clear]").disabled = !this.rings.length;
  }

  // The tools work without a map too: where it cannot be drawn, or the network is gone.
  async drawMap() {
    const { MapLibre, NavigationControl, NOTHING, addSheet, boundsOf, darkness, fetchLayer, manners, namePoints } = await import("./map-library.js");
    const [areas, water, streets] = await Promise.all(["areas", "water", "streets"].map((name) => fetchLayer(this.getAttribute(name))));
    if (!this.isConnected) return;
    addSheet();
    this.boundsOf = boundsOf;
    const canvas = Object.assign(document.createElement("div"), { className: "sam-map__canvas sam-draw__canvas" });
    canvas.append(Object.assign(document.createElement("span"), { className: "sam-draw__cross", ariaHidden: "true" }));
    this.querySelector(".sam-draw__tools").before(canvas);
    const sources = Object.entries({ areas, water, streets, names: namePoints(areas), shapes: NOTHING, corners: NOTHING });
    const bounds = this.getAttribute("bounds") ? this.getAttribute("bounds").split(",").map(Number) : boundsOf(areas);
    this.map = new MapLibre({
      ...manners(this, canvas),
      keyboard: false,
      ...((Array.isArray(bounds) || !bounds.isEmpty()) && { bounds }),
      style: { version: 8, sources: Object.fromEntries(sources.map(([name, data]) => [name, { type: "geojson", data }])), layers: drawLayers(this) },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.on("error", ({ error }) => console.error(error));
    this.map.on("click", ({ lngLat }) => this.place(lngLat));
    this.map.once("load", () => this.finish());
    this.darkness = darkness;
    this.repaint = () => drawLayers(this).forEach(({ id, paint }) => Object.entries(paint).forEach(([name, value]) => this.map.setPaintProperty(id, name, value)));
    darkness.addEventListener("change", this.repaint);
  }

  finish() {
    const pointer = this.map.getCanvas();
    const help = this.querySelector("[data-help]");
    help.hidden = false;
    for (const [name, value] of [["role", "application"], ["aria-label", this.getAttribute("label")], ["aria-describedby", help.id]]) pointer.setAttribute(name, value);
    pointer.addEventListener("keydown", (event) => this.press(event));
    // What the map shows may be folded away; what must be mended may not.
    this.querySelector(".sam-draw__written").open = this.inputs.some((input) => input.matches("[aria-invalid=true]"));
    this.dataset.state = "ready";
    this.show();
    this.fit();
  }

  // The cross stands still in the middle, and the map moves under it.
  press(event) {
    const stride = STRIDES[event.key]?.map((way) => way * STEP * (event.shiftKey ? 5 : 1));
    const acts = { "+": () => this.map.zoomIn(), "-": () => this.map.zoomOut(), Enter: () => this.place(this.map.getCenter()), Backspace: () => this.undo() };
    const act = stride ? () => this.map.panBy(stride, { animate: false }) : acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  show() {
    this.showTools();
    if (this.dataset.state !== "ready") return;
    const { shapes, corners } = shapesOf(this.kind, this.rings);
    this.map.getSource("shapes").setData(shapes);
    this.map.getSource("corners").setData(corners);
  }

  fit() {
    if (this.dataset.state !== "ready" || !this.rings.length) return;
    this.map.fitBounds(this.boundsOf(shapesOf(this.kind, this.rings).corners), { padding: 60, maxZoom: 15, animate: false });
  }

  fail(error) {
    console.warn("No map:", error);
    this.querySelector(".sam-draw__canvas")?.remove();
    this.dataset.state = "no-map";
  }
}

customElements.define("sam-draw", SamDraw);
