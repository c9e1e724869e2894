// <sam-map>: areas coloured by a figure, on our own water and streets. See the README for attributes.
import { MapLibre, NavigationControl, addSheet, boundsOf, darkness, fetchLayer, manners, namePoints } from "./map-library.js";
import { colours, hatch, layers } from "./map-style.js";
import { legend, picker, readout } from "./map-legend.js";

// Figures may come apart from the borders: areas without any are not drawn.
const joined = (areas, values, key) => {
  if (!values) return areas;
  const known = areas.features.filter(({ properties }) => values[properties[key]]);
  return {
    ...areas,
    features: known.map((feature) => ({ ...feature, properties: { ...feature.properties, ...values[feature.properties[key]] } })),
  };
};

const LAYERS = ["areas", "water", "streets", "points", "cells", "lines"];

class SamMap extends HTMLElement {
  static observedAttributes = ["selected", "areas", "values", "cells", "breaks", "middle", "unit"];

  async connectedCallback() {
    if (this.started) return;
    this.started = true;
    addSheet();
    try {
      this.collections = await this.fetched();
      this.draw();
    } catch (error) {
      this.fail(error);
    }
  }

  disconnectedCallback() {
    this.map?.remove();
    darkness.removeEventListener("change", this.repaint);
  }

  async fetched() {
    const values = this.getAttribute("values");
    const asked = [...LAYERS.map((name) => fetchLayer(this.getAttribute(name))), values ? fetchLayer(values) : null];
    const found = await Promise.all(asked);
    const collections = Object.fromEntries(LAYERS.map((name, index) => [name, found[index]]));
    collections.areas = joined(collections.areas, found[LAYERS.length], this.key);
    collections.names = namePoints(collections.areas);
    return collections;
  }

  attributeChangedCallback(name, before, now) {
    if (!this.ready || before === now) return;
    if (name === "selected") this.show(now ?? "");
    else this.refreshSoon();
  }

  // Several attributes change together: one reading answers them all, and only the last counts.
  refreshSoon() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    queueMicrotask(async () => {
      if (turn !== this.turn) return;
      try {
        const collections = await this.fetched();
        if (turn === this.turn) this.refresh(collections);
      } catch (error) {
        this.fail(error);
      }
    });
  }

  refresh(collections) {
    const codes = ({ areas }) => areas.features.map(({ properties }) => properties[this.key]).join();
    const moved = codes(collections) !== codes(this.collections);
    this.collections = collections;
    for (const [name, data] of Object.entries(collections)) this.map.getSource(name).setData(data);
    this.side.querySelector(".sam-legend").replaceWith(legend(this));
    const choice = picker(this, (code) => this.choose(code));
    this.choice.replaceWith(choice);
    this.choice = choice;
    this.paint();
    if (moved) this.map.fitBounds(boundsOf(collections.areas), { padding: 18, animate: false });
    this.show(this.properties(this.selected) ? this.selected : "");
  }

  get key() {
    return this.getAttribute("key") ?? "code";
  }

  draw() {
    const canvas = document.createElement("div");
    canvas.className = "sam-map__canvas";
    this.output = readout();
    this.choice = picker(this, (code) => this.choose(code));
    this.side = Object.assign(document.createElement("div"), { className: "sam-map__side" });
    this.side.append(legend(this), this.choice, this.output);
    this.prepend(canvas, this.side);
    // The map is fitted to the room it has, so the page must be laid out before it is made.
    this.dataset.state = "drawing";
    const given = this.getAttribute("bounds")?.split(",").map(Number);
    const palette = colours(this);
    this.map = new MapLibre({
      ...manners(this, canvas),
      bounds: given ?? boundsOf(this.collections.areas),
      style: { version: 8, sources: this.sources(), layers: layers(this, palette) },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addImage("hatch", hatch(palette.hatch), { pixelRatio: 2 });
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.on("error", ({ error }) => console.error(error));
    this.map.once("load", () => this.finish());
    this.repaint = () => this.paint();
    darkness.addEventListener("change", this.repaint);
  }

  sources() {
    return Object.fromEntries(
      Object.entries(this.collections).map(([name, data]) => [name, { type: "geojson", data, ...(name === "areas" && { promoteId: this.key }) }]),
    );
  }

  finish() {
    this.map.getCanvas().setAttribute("aria-label", this.getAttribute("label"));
    this.listen();
    this.ready = true;
    this.show(this.getAttribute("selected") ?? "");
    this.dataset.state = "ready";
  }

  listen() {
    const pointer = this.map.getCanvas();
    this.map.on("mousemove", "areas", ({ features: [feature] }) => {
      pointer.classList.add("sam-map__pointing");
      this.say(feature.properties);
    });
    this.map.on("mouseleave", "areas", () => {
      pointer.classList.remove("sam-map__pointing");
      this.say(this.properties(this.selected));
    });
    this.map.on("click", "areas", ({ features: [feature] }) => this.choose(feature.properties[this.key]));
  }

  // Choosing tells the page; a page that shows more about the chosen area listens to "sam-map:choose".
  choose(code) {
    this.setAttribute("selected", code);
    this.dispatchEvent(new CustomEvent("sam-map:choose", { bubbles: true, detail: { code } }));
  }

  show(code) {
    this.selected = code;
    this.map.setFilter("selected", ["==", ["to-string", ["get", this.key]], code]);
    this.choice.querySelector("select").value = code;
    this.say(this.properties(code));
  }

  say(properties) {
    this.output.update(this, properties);
  }

  properties(code) {
    return this.collections.areas.features.find(({ properties }) => String(properties[this.key]) === code)?.properties;
  }

  paint() {
    const palette = colours(this);
    this.map.updateImage("hatch", hatch(palette.hatch));
    for (const { id, paint, filter } of layers(this, palette)) {
      if (id === "withheld") this.map.setFilter(id, filter);
      for (const [name, value] of Object.entries(paint)) this.map.setPaintProperty(id, name, value);
    }
  }

  fail(error) {
    console.warn("No map:", error);
    for (const part of this.querySelectorAll(".sam-map__canvas, .sam-map__side")) part.remove();
    this.dataset.state = "no-map";
  }
}

customElements.define("sam-map", SamMap);
