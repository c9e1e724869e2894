// <sam-map>: areas coloured by a figure, on our own water and streets. See the README for attributes.
import { Map as MapLibre, NavigationControl, LngLatBounds, setWorkerUrl } from "../../vendor/maplibre/maplibre-gl.mjs";
import { colours, hatch, layers } from "./map-style.js";
import { legend, picker, readout } from "./map-legend.js";

setWorkerUrl(new URL("../../vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);
const sheet = new URL("../../vendor/maplibre/maplibre-gl.css", import.meta.url).href;
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const NOTHING = { type: "FeatureCollection", features: [] };

const fetchLayer = async (url) => {
  if (!url) return NOTHING;
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
};

// One name for each area, in the middle of its largest part.
const namePoints = ({ features }) => ({
  type: "FeatureCollection",
  features: features.filter(({ geometry }) => geometry).map(({ properties, geometry }) => {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const [, coordinates] = parts.map(([ring]) => middle(ring)).sort((a, b) => b[0] - a[0])[0];
    return { type: "Feature", properties, geometry: { type: "Point", coordinates } };
  }),
});

const middle = (ring) => {
  let [area, x, y] = [0, 0, 0];
  ring.slice(1).forEach(([bx, by], index) => {
    const [ax, ay] = ring[index];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return [Math.abs(area), [x / (3 * area), y / (3 * area)]];
};

const boundsOf = (collection) => {
  const bounds = new LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? bounds.extend(part) : part.forEach(walk));
  for (const { geometry } of collection.features) if (geometry) walk(geometry.coordinates);
  return bounds;
};

// Figures may come apart from the borders: areas without any are not drawn.
const joined = (areas, values, key) => {
  if (!values) return areas;
  const known = areas.features.filter(({ properties }) => values[properties[key]]);
  return {
    ...areas,
    features: known.map((feature) => ({ ...feature, properties: { ...feature.properties, ...values[feature.properties[key]] } })),
  };
};

const LAYERS = ["areas", "water", "streets", "points", "cells"];

class SamMap extends HTMLElement {
  static observedAttributes = ["selected", "areas", "values", "cells", "breaks", "middle", "unit"];

  async connectedCallback() {
    if (this.started) return;
    this.started = true;
    if (!document.querySelector(`link[href="${sheet}"]`)) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet }));
    }
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
      container: canvas,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: true,
      renderWorldCopies: false,
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
      bounds: given ?? boundsOf(this.collections.areas),
      fitBoundsOptions: { padding: 18 },
      locale: this.words(),
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

  words() {
    const text = (name) => this.getAttribute(`text-${name}`) ?? "";
    return {
      "NavigationControl.ZoomIn": text("zoom-in"),
      "NavigationControl.ZoomOut": text("zoom-out"),
      "CooperativeGesturesHandler.WindowsHelpText": text("scroll"),
      "CooperativeGesturesHandler.MacHelpText": text("scroll"),
      "CooperativeGesturesHandler.MobileHelpText": text("fingers"),
    };
  }

  fail(error) {
    console.warn("No map:", error);
    for (const part of this.querySelectorAll(".sam-map__canvas, .sam-map__side")) part.remove();
    this.dataset.state = "no-map";
  }
}

customElements.define("sam-map", SamMap);
