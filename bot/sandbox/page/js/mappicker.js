/** "Send a place": click anywhere on the drawn district, or choose a named place by keyboard. */
import { openDialog } from "./dialog.js";
import { button, el } from "./dom.js";
import { describe } from "./geo.js";
import { districtMap, kindOf, legend } from "./map.js";

const SIZE = { width: 560, height: 540 };
export const LIVE_SECONDS = 900; // the shortest period Telegram's own clients offer

/**
 * @param {import("./geo.js").DistrictMap} map
 * @param {{who: string, title?: string, venue?: boolean, live?: boolean}} options which ways of sending are offered
 * @param {(content: {location?: any, venue?: any}) => void} onSend
 */
export function pickPlace(map, { who, title = "发送位置", venue = true, live = true }, onSend) {
  const choice = { point: null, place: null };
  const hover = el("output", { class: "map-hover" }, "点地图任意处取一个位置");
  const said = el("p", { class: "map-choice", "aria-live": "polite" }, "还没有选位置");
  const choose = (point, place) => {
    Object.assign(choice, { point, place });
    said.textContent = describe(map, point);
    drawing.mark(point);
    for (const key of keys) key.disabled = key.dataset.way === "venue" && !place;
  };
  const drawing = districtMap(map, { ...SIZE, onPick: choose, onHover: (name) => { hover.textContent = name ?? " "; } });
  const keys = sendKeys({ venue, live }, (make) => { onSend(make(choice)); dialog.close(); });
  const dialog = openDialog(`${title} · ${who}`, [el("div", { class: "map-columns" },
    el("div", {}, el("div", { class: "map-stage" }, drawing.root, hover), legend()),
    el("div", { class: "map-side" }, placeList(map, choose), said, ...keys))], { kind: "map-dialog" });
}

function sendKeys({ venue, live }, onWay) {
  const ways = [
    ["point", "发送这个位置", ({ point }) => ({ location: rounded(point) }), true],
    ["venue", "发送为地点(带名称)", ({ place }) => ({ venue: venueOf(place) }), venue],
    ["live", "共享实时位置 15 分钟", ({ point }) => ({ location: { ...rounded(point), live_period: LIVE_SECONDS } }), live],
  ];
  return ways.filter(([, , , offered]) => offered).map(([way, face, make]) =>
    button(face, () => onWay(make), { class: way === "point" ? "primary" : "secondary", data: { way }, disabled: true }));
}

const rounded = ({ latitude, longitude }) => ({ latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) });

const venueOf = (place) => ({ latitude: place.lat, longitude: place.lng, title: place.name, address: place.address ?? place.kind ?? place.name });

/** The way in without a mouse: every named place as a button, with a filter. */
function placeList(map, choose) {
  const list = el("div", { class: "place-list" }, ...map.places.map((place) =>
    button(el("span", {}, el("i", { class: `legend-dot ${kindOf(place)}`, "aria-hidden": "true" }), place.name),
      () => choose({ latitude: place.lat, longitude: place.lng }, place))));
  const filter = el("input", { type: "search", placeholder: "找地点…", "aria-label": "找地点", on: { input: () => {
    for (const item of list.children) item.hidden = !item.textContent.includes(filter.value.trim());
  } } });
  return el("div", { class: "place-finder" }, filter, list);
}
