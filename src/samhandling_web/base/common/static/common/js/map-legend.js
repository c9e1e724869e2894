// What stands beside the map: classes, a list to choose an area from, and the chosen one's figures.
import { breaksOf, classTokens, isWithheld } from "./map-style.js";

const SVG = "http://www.w3.org/2000/svg";
const number = (value) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 }).format(value);
const text = (element, name) => element.getAttribute(`text-${name}`) ?? "";
const make = (tag, className, content) => Object.assign(document.createElement(tag), { className, textContent: content ?? "" });

const swatch = (className) => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `sam-legend__swatch ${className}`);
  svg.setAttribute("viewBox", "0 0 24 16");
  svg.setAttribute("aria-hidden", "true");
  const box = document.createElementNS(SVG, "rect");
  box.setAttribute("width", "24");
  box.setAttribute("height", "16");
  svg.append(box);
  if (className === "sam-swatch-withheld") {
    const lines = document.createElementNS(SVG, "path");
    lines.setAttribute("d", "M0 8 8 0M0 16 16 0M8 16 24 0M16 16l8-8");
    svg.append(lines);
  }
  return svg;
};

const row = (className, words) => {
  const item = document.createElement("li");
  item.append(swatch(className), make("span", "", words));
  return item;
};

export const legend = (element) => {
  const box = make("div", "sam-legend");
  const list = document.createElement("ul");
  const breaks = breaksOf(element);
  if (element.getAttribute("unit")) box.append(make("p", "sam-legend__title", element.getAttribute("unit")));
  if (element.getAttribute("value")) {
    classTokens(element).forEach((token, index) => {
      const [from, to] = [breaks[index - 1], breaks[index]];
      const words =
        from === undefined ? `${text(element, "under")} ${number(to)}` : to === undefined ? `${number(from)} ${text(element, "or-more")}` : `${number(from)}–${number(to)}`;
      list.append(row(`sam-swatch-${token}`, words));
    });
  }
  const features = element.collections.areas.features;
  if (features.some(({ properties }) => isWithheld(element, properties))) {
    list.append(row("sam-swatch-withheld", text(element, "withheld")));
  }
  box.append(list);
  return box;
};

export const picker = (element, choose) => {
  const name = element.getAttribute("name") ?? "name";
  const label = make("label", "sam-map__picker");
  const select = make("select", "ds-input");
  const order = new Intl.Collator(document.documentElement.lang);
  const rows = element.collections.areas.features.map(({ properties }) => [String(properties[element.key]), String(properties[name])]);
  select.append(new Option(text(element, "choose"), ""));
  for (const [code, words] of rows.sort((a, b) => order.compare(a[1], b[1]))) select.append(new Option(words, code));
  select.addEventListener("change", () => choose(select.value));
  label.append(make("span", "ds-label", text(element, "area")), select);
  return label;
};

export const readout = () => {
  const output = make("div", "sam-map__readout");
  output.setAttribute("aria-live", "polite");
  output.update = (element, properties) => {
    output.replaceChildren();
    if (!properties) return;
    const value = properties[element.getAttribute("value") ?? ""];
    output.append(make("strong", "", properties[element.getAttribute("name") ?? "name"]));
    if (typeof value === "number") {
      output.append(make("span", "sam-map__figure", `${number(value)} ${element.getAttribute("unit") ?? ""}`));
      const [low, high] = [properties.low, properties.high];
      if (typeof low === "number" && typeof high === "number") {
        output.append(make("span", "", `${text(element, "between")} ${number(low)}–${number(high)}`));
      }
    }
    if (isWithheld(element, properties)) output.append(make("span", "", text(element, "withheld")));
    const link = element.getAttribute("link");
    if (link) {
      const anchor = make("a", "ds-link", text(element, "more"));
      anchor.href = link.replace("{code}", encodeURIComponent(properties[element.key]));
      output.append(anchor);
    }
  };
  return output;
};
