/** A picture or a place, enlarged. */
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { describe } from "./geo.js";
import { districtMap } from "./map.js";

export function showPicture(url, caption) {
  openDialog("照片", [el("img", { class: "full", src: url, alt: caption ?? "照片" }), caption && el("p", {}, caption)].filter(Boolean), { kind: "picture-dialog" });
}

export function showMap(map, point, title) {
  const note = el("p", { class: "hint" }, `${describe(map, point)} · ${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`);
  const { root, mark } = districtMap(map, { width: 640, height: 560, onPick: () => {}, onHover: () => {} });
  root.classList.remove("map-pick");
  mark(point);
  openDialog(title, [root, note], { kind: "map-dialog" });
}
