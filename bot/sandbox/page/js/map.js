/** The district drawn as SVG from its polygons: no tiles, no network. */
import { el, svg } from "./dom.js";
import { frameAround, frameOfDistrict } from "./geo.js";

const PLACE_KINDS = [ // first match wins; `kind` is free text of the district file
  [/station|post|驿站|岗|centre|center|中心/i, "station"],
  [/compound|xiaoqu|小区|院落|商品房|[还回]迁|公寓|商住|宿舍/i, "compound"],
];

const LETTER = 12; // the size of a character in the drawn map
const LABEL_SHIFTS = [0, -16, 16, -30, 30, -44, 44];

export const kindOf = (place) => PLACE_KINDS.find(([pattern]) => pattern.test(place.kind ?? ""))?.[1] ?? "spot";

/** The still picture in a bubble. @param {import("./geo.js").DistrictMap} map */
export function thumbnail(map, point, { width = 240, height = 132, metresPerPixel = 3.2, live = false } = {}) {
  const frame = frameAround(point, metresPerPixel, width, height);
  const shown = map.places.filter((place) => inFrame(frame, place));
  return svg("svg", { class: "map", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "地图" },
    svg("rect", { class: "map-ground", width, height }),
    ...map.areas.map((area, index) => areaShape(frame, area, index)),
    ...shown.map((place) => dot(frame, place)),
    ...placeLabels(frame, shown, 6),
    pin(width / 2, height / 2, live));
}

/** The whole district, for picking. `onPick(point, place|null)` on a click anywhere. */
export function districtMap(map, { width, height, onPick, onHover }) {
  const frame = frameOfDistrict(map, width, height);
  const dots = map.places.map(({ lat, lng }) => frame.toXY(lat, lng));
  const marker = svg("g", { class: "map-marker" });
  const root = svg("svg", { class: "map map-pick", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "辖区地图,点任意处取位置" },
    svg("rect", { class: "map-ground", width, height }),
    ...map.areas.map((area, index) => withHover(areaShape(frame, area, index), area.name, onHover)),
    ...map.areas.map((area) => areaLabel(frame, area, dots)),
    ...map.places.map((place) => withHover(dot(frame, place, true), place.name, onHover)),
    ...placeLabels(frame, map.places.filter((place) => kindOf(place) === "station"), 99),
    marker);
  root.addEventListener("click", (event) => {
    const place = map.places[event.target.closest("[data-place]")?.dataset.place] ?? null;
    onPick(place ? { latitude: place.lat, longitude: place.lng } : clicked(root, frame, event), place);
  });
  return { root, mark: (point) => marker.replaceChildren(pin(...frame.toXY(point.latitude, point.longitude))) };
}

function clicked(root, frame, event) {
  const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(root.getScreenCTM().inverse());
  return frame.toGeo(spot.x, spot.y);
}

function areaShape(frame, { polygon, name }, index) {
  const points = polygon.map(([lng, lat]) => frame.toXY(lat, lng).map((v) => v.toFixed(1)).join(",")).join(" ");
  return svg("polygon", { class: `map-area tone-${index % 6}`, points }, svg("title", {}, name));
}

/** The name stands near the middle, moved up or down to where it covers the fewest dots. */
function areaLabel(frame, { polygon, name }, dots) {
  const corners = polygon.map(([lng, lat]) => frame.toXY(lat, lng));
  const mean = (axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  const x = mean(0);
  const covered = (y) => dots.filter(([dx, dy]) => Math.abs(dx - x) < 62 && Math.abs(dy - (y - 4)) < 13).length;
  const free = LABEL_SHIFTS.map((shift) => mean(1) + shift).reduce((best, y) => (covered(y) < covered(best) ? y : best));
  return svg("text", { class: "map-area-name", x, y: free }, name);
}

function dot(frame, place, data = {}) {
  const [x, y] = frame.toXY(place.lat, place.lng);
  const kind = kindOf(place);
  const shape = kind === "station"
    ? svg("path", { d: `M${x} ${y - 8}l7 2.5v5c0 4.5-3 7-7 8.5c-4-1.5-7-4-7-8.5v-5z` })
    : svg("circle", { cx: x, cy: y, r: kind === "compound" ? 4.5 : 4 });
  return svg("g", { class: `map-dot ${kind}`, data }, shape, svg("title", {}, place.name));
}

function placeLabels(frame, places, most) {
  const written = [];
  for (const { lat, lng, name } of places) {
    const [x, y] = frame.toXY(lat, lng);
    const left = x > frame.width * 0.7; // a name at the right edge would be cut
    const wide = name.length * LETTER;
    const label = { name, y, left, x: x + (left ? -9 : 9), from: left ? x - 9 - wide : x + 9, to: left ? x - 9 : x + 9 + wide };
    // Two names on top of each other cannot be read; the dot still tells its own when pointed at.
    if (!written.some((other) => Math.abs(other.y - y) < LETTER && other.from < label.to && label.from < other.to)) written.push(label);
  }
  return written.slice(0, most).map(({ name, x, y, left }) =>
    svg("text", { class: "map-name", x, y: y + 4, "text-anchor": left ? "end" : "start" }, name));
}

function pin(x, y, live = false) {
  if (live) return svg("g", { class: "map-live" }, svg("circle", { class: "pulse", cx: x, cy: y, r: 14 }), svg("circle", { cx: x, cy: y, r: 6 }));
  return svg("g", { class: "map-pin" },
    svg("ellipse", { cx: x, cy: y, rx: 5, ry: 2 }),
    svg("path", { d: `M${x} ${y}c-9-12-11-15-11-20a11 11 0 0 1 22 0c0 5-2 8-11 20z` }),
    svg("circle", { cx: x, cy: y - 20, r: 4 }));
}

function inFrame(frame, { lat, lng }) {
  const [x, y] = frame.toXY(lat, lng);
  return x > 0 && y > 0 && x < frame.width && y < frame.height;
}

function withHover(shape, name, onHover) {
  shape.addEventListener("pointerenter", () => onHover(name));
  shape.addEventListener("pointerleave", () => onHover(null));
  return shape;
}

/** The three classes of dots, explained. */
export const legend = () => el("p", { class: "map-legend" },
  ...[["station", "平安驿站"], ["compound", "小区院落"], ["spot", "重点部位"]].map(([kind, text]) =>
    el("span", {}, el("i", { class: `legend-dot ${kind}`, "aria-hidden": "true" }), text)));
