// How the map is painted: every colour comes from the page's own tokens.

const TOKENS = ["class-1", "class-2", "class-3", "class-4", "class-5", "less-1", "less-2", "more-1", "more-2", "map-land", "map-water", "map-street", "map-withheld", "map-hatch", "map-line", "map-selected"];

export const colours = (element) => {
  const probe = document.createElement("span");
  element.append(probe);
  const found = TOKENS.map((token) => {
    probe.style.color = `var(--sam-${token})`;
    return [token.replace("map-", ""), getComputedStyle(probe).color];
  });
  probe.style.color = "var(--ds-color-neutral-text-default)";
  found.push(["text", getComputedStyle(probe).color]);
  probe.remove();
  return Object.fromEntries(found);
};

export const breaksOf = (element) => (element.getAttribute("breaks") ?? "").split(",").filter(Boolean).map(Number);

// With fewer than five classes the darkest still means the most.
export const classTokens = (element) => {
  const breaks = breaksOf(element);
  const middle = Number(element.getAttribute("middle"));
  if (middle) return divided(breaks, middle);
  const first = { 1: [4], 2: [2, 4], 3: [1, 3, 5], 4: [1, 2, 4, 5] };
  return (first[breaks.length + 1] ?? [1, 2, 3, 4, 5]).map((number) => `class-${number}`);
};

// On either side of a middle a colour of its own, the darker the farther from it.
const divided = (breaks, middle) => {
  const under = breaks.filter((at) => at <= middle).length;
  const over = breaks.length + 1 - under;
  const step = (side, distance) => `${side}-${Math.min(distance, 2)}`;
  return [
    ...Array.from({ length: under }, (_, index) => step("less", under - index)),
    ...Array.from({ length: over }, (_, index) => step("more", index + 1)),
  ];
};

export const hatch = (colour) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 16, height: 16 });
  const pen = canvas.getContext("2d");
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  for (const shift of [-16, 0, 16]) {
    pen.moveTo(shift, 16);
    pen.lineTo(shift + 16, 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, 16, 16);
};

const areaColour = (element, palette) => {
  const value = element.getAttribute("value");
  if (!value) return palette.withheld;
  const [lowest, ...rest] = classTokens(element).map((token) => palette[token]);
  const steps = breaksOf(element).flatMap((at, index) => [at, rest[index]]);
  const figure = ["to-number", ["get", value]];
  const classed = steps.length ? ["step", figure, lowest, ...steps] : lowest;
  // No colour without certainty: what is hatched says nothing by its shade.
  return ["case", withheldFilter(element), palette.withheld, classed];
};

export const isWithheld = (element, properties) => {
  const value = element.getAttribute("value");
  return Boolean((value && typeof properties[value] !== "number") || properties[element.getAttribute("withheld") ?? ""]);
};

const withheldFilter = (element) => {
  const value = element.getAttribute("value");
  const flag = element.getAttribute("withheld");
  const missing = value ? [["!=", ["typeof", ["get", value]], "number"]] : [];
  const flagged = flag ? [["to-boolean", ["get", flag]]] : [];
  return ["any", ...missing, ...flagged];
};

export const layers = (element, palette) => {
  const around = element.getAttribute("around") === "water" ? palette.water : palette.land;
  const name = element.getAttribute("name") ?? "name";
  return [
    { id: "around", type: "background", paint: { "background-color": around } },
    { id: "areas", type: "fill", source: "areas", paint: { "fill-color": areaColour(element, palette) } },
    { id: "withheld", type: "fill", source: "areas", filter: withheldFilter(element), paint: { "fill-pattern": "hatch" } },
    {
      id: "streets",
      type: "line",
      source: "streets",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": palette.street, "line-opacity": 0.55, "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 9, 0.8, 15, 7] },
    },
    { id: "water", type: "fill", source: "water", paint: { "fill-color": palette.water } },
    {
      id: "cells",
      type: "fill",
      source: "cells",
      paint: { "fill-color": palette.selected, "fill-opacity": 0.55 },
    },
    { id: "cell-borders", type: "line", source: "cells", paint: { "line-color": palette.line, "line-width": 1 } },
    { id: "borders", type: "line", source: "areas", layout: { "line-join": "round" }, paint: { "line-color": palette.line, "line-width": 1.5 } },
    {
      id: "selected",
      type: "line",
      source: "areas",
      filter: ["==", ["get", "none"], ""],
      layout: { "line-join": "round" },
      paint: { "line-color": palette.selected, "line-width": 4 },
    },
    {
      id: "lines",
      type: "line",
      source: "lines",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": palette.selected, "line-width": 4, "line-dasharray": [2, 1.5] },
    },
    {
      id: "points",
      type: "circle",
      source: "points",
      paint: {
        "circle-color": palette.selected,
        "circle-radius": ["+", 3, ["*", 2, ["sqrt", ["to-number", ["get", "count"], 1]]]],
        "circle-stroke-color": palette.line,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "labels",
      type: "symbol",
      source: "points",
      layout: { "text-field": ["to-string", ["get", "label"]], "text-font": ["Inter Variable"], "text-size": 13, "text-offset": [0, -1.4], "text-allow-overlap": true },
      paint: { "text-color": palette.text, "text-halo-color": palette.line, "text-halo-width": 2 },
    },
    {
      id: "names",
      type: "symbol",
      source: "names",
      layout: { "text-field": ["to-string", ["get", name]], "text-font": ["Inter Variable"], "text-size": 13, "text-padding": 4 },
      paint: { "text-color": palette.text, "text-halo-color": palette.line, "text-halo-width": 2 },
    },
  ];
};
