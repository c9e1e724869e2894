// How what is drawn is painted, over the ground that every map has.
import { colours, layers } from "./map-style.js";

const GROUND = ["around", "areas", "streets", "water", "borders", "names"];

export const drawLayers = (element) => {
  const palette = colours(element);
  const ground = layers(element, palette).filter(({ id }) => GROUND.includes(id));
  for (const layer of ground) if (layer.id === "areas") layer.paint = { "fill-color": palette.land };
  return [
    ...ground,
    { id: "inside", type: "fill", source: "shapes", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": palette.selected, "fill-opacity": 0.25 } },
    { id: "edges", type: "line", source: "shapes", layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": palette.selected, "line-width": 4 } },
    {
      id: "corners",
      type: "circle",
      source: "corners",
      paint: { "circle-color": palette.selected, "circle-radius": 8, "circle-stroke-color": palette.line, "circle-stroke-width": 2.5 },
    },
  ];
};

const feature = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });
const collection = (features) => ({ type: "FeatureCollection", features });

// An area shows its edges from the second corner on, and closes at the third.
export const shapesOf = (kind, rings) => {
  const whole = kind === "polygon" ? rings.filter((ring) => ring.length > 2).map((ring) => [...ring, ring[0]]) : [];
  const open = kind === "point" ? [] : rings.filter((ring) => ring.length > 1 && !whole.some(([first]) => first === ring[0]));
  return {
    shapes: collection([...(whole.length ? [feature("Polygon", whole)] : []), ...open.map((ring) => feature("LineString", ring))]),
    corners: collection(rings.flat().map((corner) => feature("Point", corner))),
  };
};
