// Latitudes and longitudes as people write them, with comma or point decimals.
const NUMBER = /[-−]?\d+(?:[.,]\d+)?/g;

export const numbers = (text) => (text.match(NUMBER) ?? []).map((found) => Number(found.replace(",", ".").replace("−", "-")));

export const written = (number) => number.toFixed(6);

// Rings of [longitude, latitude]; rows that are no position yet are passed over, an empty row begins a ring.
export const ringsIn = (rows) => {
  const rings = [[]];
  for (const row of rows) {
    const [latitude, longitude] = numbers(row);
    if (longitude !== undefined && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) rings.at(-1).push([longitude, latitude]);
    else if (!row.trim()) rings.push([]);
  }
  return rings.filter((ring) => ring.length);
};

export const rowsOf = (rings) => rings.map((ring) => ring.map(([x, y]) => `${written(y)}, ${written(x)}`).join("\n")).join("\n\n");
