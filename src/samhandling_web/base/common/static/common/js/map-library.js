// What every map element shares: the library with its worker and sheet, layers from addresses, words.
import { Map as MapLibre, NavigationControl, LngLatBounds, setWorkerUrl } from "../../vendor/maplibre/maplibre-gl.mjs";

setWorkerUrl(new URL("../../vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);
const sheet = new URL("../../vendor/maplibre/maplibre-gl.css", import.meta.url).href;

export { MapLibre, NavigationControl };
export const darkness = window.matchMedia("(prefers-color-scheme: dark)");
export const NOTHING = { type: "FeatureCollection", features: [] };

export const addSheet = () => {
  if (document.querySelector(`link[href="${sheet}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet }));
};

export const fetchLayer = async (url) => {
  if (!url) return NOTHING;
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
};

export const boundsOf = (collection) => {
  const bounds = new LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? bounds.extend(part) : part.forEach(walk));
  for (const { geometry } of collection.features) if (geometry) walk(geometry.coordinates);
  return bounds;
};

// One name for each area, in the middle of its largest part.
export const namePoints = ({ features }) => ({
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

// How a map of ours behaves, whatever it shows.
export const manners = (element, canvas) => ({
  container: canvas,
  attributionControl: false,
  dragRotate: false,
  pitchWithRotate: false,
  cooperativeGestures: true,
  renderWorldCopies: false,
  canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
  fitBoundsOptions: { padding: 18 },
  locale: words(element),
});

const words = (element) => {
  const text = (name) => element.getAttribute(`text-${name}`) ?? "";
  return {
    "NavigationControl.ZoomIn": text("zoom-in"),
    "NavigationControl.ZoomOut": text("zoom-out"),
    "CooperativeGesturesHandler.WindowsHelpText": text("scroll"),
    "CooperativeGesturesHandler.MacHelpText": text("scroll"),
    "CooperativeGesturesHandler.MobileHelpText": text("fingers"),
  };
};
