// A map to point on: a spot, a stretch or an area, on our own water and streets.
import { Map as MapLibre, NavigationControl, LngLatBounds, setWorkerUrl } from "../../vendor/maplibre/maplibre-gl.mjs";

setWorkerUrl(new URL("../../vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);
const sheet = new URL("../../vendor/maplibre/maplibre-gl.css", import.meta.url).href;
const NOTHING = { type: "FeatureCollection", features: [] };
const FEWEST = { Point: 1, LineString: 2, Polygon: 3 };

const fetched = async (address) => {
  if (!address) return NOTHING;
  const answer = await fetch(address, { credentials: "same-origin" });
  return answer.ok ? answer.json() : NOTHING;
};

const boundsOf = (collection) => {
  const bounds = new LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? bounds.extend(part) : part.forEach(walk));
  for (const { geometry } of collection.features) if (geometry) walk(geometry.coordinates);
  return bounds;
};

const colour = (element, token) => {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  element.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

export const geometryOf = (kind, corners) => {
  if (corners.length < FEWEST[kind]) return null;
  if (kind === "Point") return { type: kind, coordinates: corners[corners.length - 1] };
  if (kind === "LineString") return { type: kind, coordinates: corners };
  return { type: kind, coordinates: [[...corners, corners[0]]] };
};

const cornersOf = (geometry) => {
  if (!geometry) return [];
  if (geometry.type === "Point") return [geometry.coordinates];
  return geometry.type === "LineString" ? geometry.coordinates : geometry.coordinates[0].slice(0, -1);
};

export class MapPicker {
  constructor(panel, addresses, drawn) {
    this.panel = panel;
    this.addresses = addresses;
    this.drawn = drawn;
    this.kind = "Point";
    this.corners = [];
    panel.addEventListener("click", ({ target }) => this.pressed(target.closest("button")));
  }

  async draw(geometry) {
    if (!document.querySelector(`link[href="${sheet}"]`)) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet }));
    }
    const [areas, water, streets] = await Promise.all(["areas", "water", "streets"].map((name) => fetched(this.addresses[name])));
    const data = { areas, water, streets, drawn: NOTHING };
    this.map = new MapLibre({
      container: this.panel.querySelector("[data-canvas]"),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      ...(areas.features.length ? { bounds: boundsOf(areas), fitBoundsOptions: { padding: 12 } } : { center: [15, 62], zoom: 3 }),
      style: { version: 8, sources: Object.fromEntries(Object.entries(data).map(([name, found]) => [name, { type: "geojson", data: found }])), layers: this.layers() },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.on("click", ({ lngLat }) => this.add([lngLat.lng, lngLat.lat].map((degrees) => Math.round(degrees * 1e6) / 1e6)));
    this.map.getCanvas().setAttribute("aria-label", this.panel.querySelector("[role=group]").getAttribute("aria-label"));
    await new Promise((resolve) => this.map.once("load", resolve));
    this.panel.dataset.state = "ready";
    this.show(geometry);
  }

  layers() {
    const line = colour(this.panel, "--sam-map-line");
    const mark = colour(this.panel, "--ds-color-brand2-base-default");
    return [
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": colour(this.panel, "--sam-map-land") } },
      { id: "water", type: "fill", source: "water", paint: { "fill-color": colour(this.panel, "--sam-map-water") } },
      { id: "streets", type: "line", source: "streets", paint: { "line-color": colour(this.panel, "--sam-map-street"), "line-width": 1.5 } },
      { id: "borders", type: "line", source: "areas", paint: { "line-color": line, "line-width": 1 } },
      { id: "area", type: "fill", source: "drawn", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": mark, "fill-opacity": 0.35 } },
      { id: "stretch", type: "line", source: "drawn", paint: { "line-color": mark, "line-width": 4 } },
      { id: "spot", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": mark, "circle-radius": 8, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } },
    ];
  }

  pressed(button) {
    if (button?.dataset.draw) {
      this.kind = button.dataset.draw;
      this.corners = [];
      this.chosen();
      this.tell();
    } else if (button && "undo" in button.dataset) {
      this.corners = this.kind === "Point" ? [] : this.corners.slice(0, -1);
      this.tell();
    }
  }

  chosen() {
    for (const one of this.panel.querySelectorAll("[data-draw]")) one.setAttribute("aria-pressed", String(one.dataset.draw === this.kind));
  }

  add(corner) {
    this.corners = this.kind === "Point" ? [corner] : [...this.corners, corner];
    this.tell();
  }

  tell() {
    this.paint();
    this.drawn(geometryOf(this.kind, this.corners));
  }

  show(geometry) {
    this.kind = geometry?.type ?? "Point";
    this.corners = cornersOf(geometry);
    this.chosen();
    this.paint();
  }

  // The corners are shown from the first one, before there is a stretch or an area.
  paint() {
    const geometry = geometryOf(this.kind, this.corners);
    const spots = this.corners.map((coordinates) => ({ type: "Point", coordinates }));
    const parts = [...(geometry && this.kind !== "Point" ? [geometry] : []), ...spots];
    this.map?.getSource("drawn")?.setData({ type: "FeatureCollection", features: parts.map((one) => ({ type: "Feature", properties: {}, geometry: one })) });
  }
}
