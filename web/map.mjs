// map.mjs: the world as one small SVG: a path for each country, its id the country's two letters, Equal Earth projection, so
// that a page only says which country has which class. Made at build time from npm world-atlas (Natural Earth, public domain).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const width = 720, height = 340;  // the viewBox that templates repeat
const tolerance = .7;             // units a border may be off

/** Douglas and Peucker (1973): the fewest points that stay within the tolerance of the line. */
function simplify(line) {
  if (line.length < 3) return line;
  const [a, b] = [line[0], line.at(-1)], length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let far = 0, at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const p = line[i];
    const off = length ? Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length : Math.hypot(p[0] - a[0], p[1] - a[1]);
    if (off > far) [far, at] = [off, i];
  }
  return far < tolerance ? [a, b] : [...simplify(line.slice(0, at + 1)).slice(0, -1), ...simplify(line.slice(at))];
}

/** One ring in whole units and relative moves; empty when nothing of it is left. */
function ring(text) {
  const points = text.split("L").map(pair => pair.split(",").map(Number));
  const kept = simplify([...points, points[0]]).map(([x, y]) => [Math.round(x), Math.round(y)]);
  const steps = kept.slice(1, -1).map((p, i) => [p[0] - kept[i][0], p[1] - kept[i][1]]).filter(([x, y]) => x || y);
  return steps.length < 2 ? "" : `M${kept[0].join(" ")}l${steps.map(step => step.join(" ")).join(" ").replace(/ -/g, "-")}z`;
}

export function worldMap() {
  const atlas = createRequire(import.meta.url).resolve("world-atlas/countries-110m.json");
  const topology = JSON.parse(readFileSync(atlas, "utf8"));
  const world = feature(topology, topology.objects.countries);
  world.features = world.features.filter(country => country.id !== "010");  // Antarctica, where nobody reports
  const path = geoPath(geoEqualEarth().fitSize([width, height], world));
  const shapes = world.features.map(country => ({
    id: country.id && new Intl.Locale(`und-${country.id}`).region,
    d: (path(country) ?? "").split(/Z?M|Z/).filter(Boolean).map(ring).join(""),
  }));
  const drawn = shapes.filter(({ d }) => d).map(({ id, d }) => `<path${/^[A-Z]{2}$/.test(id ?? "") ? ` id="${id}"` : ""} d="${d}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><g id="land">\n${drawn.join("\n")}\n</g></svg>\n`;
}

/** Names of countries as [language, code, name], for the languages of web/text, from the Unicode CLDR that Node carries. */
export function countryNames(languages) {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"], codes = letters.flatMap(a => letters.map(b => a + b));
  return languages.flatMap(language => {
    const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    return codes.map(code => [language, code, names.of(code)]).filter(([, , name]) => name);
  });
}
