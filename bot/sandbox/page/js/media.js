/** What a bubble carries besides words: pictures, places, voices, papers. */
import { button, el, svg } from "./dom.js";
import { icon } from "./icons.js";
import { describe } from "./geo.js";
import { showMap, showPicture } from "./lightbox.js";
import { thumbnail } from "./map.js";
import { colourOf, nameOf, photoOf, seconds, summaryOf } from "./message.js";

/** @param {any} message @param {{map: any, clock: any}} app @returns {Node|null} */
export function media(message, app) {
  const kind = Object.keys(MAKERS).find((key) => message[key]);
  return kind ? MAKERS[kind](message, app) : null;
}

/** Several photos sent as one. */
export const album = (messages) =>
  el("div", { class: `album of-${Math.min(messages.length, 4)}` }, ...messages.map((message) => picture(message)));

function picture(message) {
  const { url, width, height } = photoOf(message);
  // Width and height are known before the bytes: the chat does not jump when the picture comes.
  const img = el("img", { src: url, width, height, alt: message.caption ?? "照片", loading: "eager", decoding: "async" });
  return button(img, () => showPicture(url, message.caption), { class: "picture", "aria-label": "放大照片" });
}

function place(message, app, { title, note, live = false }) {
  const point = message.location ?? message.venue.location ?? message.venue;
  const face = el("span", { class: "place" }, thumbnail(app.map, point, { live }),
    el("span", { class: "place-text" }, el("b", {}, title), note && el("small", {}, note)));
  return button(face, () => showMap(app.map, point, title), { class: "place-button", "aria-label": `查看地图:${title}` });
}

const venue = (message, app) => place(message, app, { title: message.venue.title, note: message.venue.address });

function location(message, app) {
  const { live_period: period, horizontal_accuracy: accuracy } = message.location;
  const note = [describe(app.map, message.location), accuracy && `误差 ${Math.round(accuracy)} 米`].filter(Boolean).join(" · ");
  if (!period) return place(message, app, { title: "位置", note });
  const over = message.location.stopped || message.date + period < app.clock.now();
  const moved = message.edit_date ? `更新于 ${app.clock.time(message.edit_date)}` : `共 ${Math.round(period / 60)} 分钟`;
  return place(message, app, { title: over ? "实时位置(已结束)" : "实时位置", note: `${moved} · ${note}`, live: !over });
}

function voice(message) {
  // Bars from the id: every voice looks different and the same each time.
  const bars = Array.from({ length: 26 }, (_, i) => 4 + ((message.message_id * 7 + i * i * 13 + i * 5) % 15));
  const wave = svg("svg", { class: "wave", viewBox: "0 0 104 20", "aria-hidden": "true" },
    ...bars.map((high, i) => svg("rect", { x: i * 4, y: 10 - high / 2, width: 2.4, height: high, rx: 1.2 })));
  return el("div", { class: "voice" }, el("span", { class: "round" }, icon("play")),
    el("span", {}, wave, el("small", {}, `语音 ${seconds(message.voice.duration)}`)));
}

const video = (message) => el("div", { class: "video", role: "img", "aria-label": "视频" },
  el("span", { class: "round" }, icon("play")), el("small", {}, seconds(message.video.duration)));

function paper(message) {
  const { file_name: name = "文件", file_size: size, file_unique_id: id } = message.document;
  return el("a", { class: "paper", href: `/sandbox/files/${encodeURIComponent(id)}`, download: name }, el("span", { class: "round" }, icon("file")),
    el("span", { class: "place-text" }, el("b", {}, name), size && el("small", {}, bytes(size))));
}

const bytes = (size) => (size < 1e6 ? `${Math.max(1, Math.round(size / 1e3))} KB` : `${(size / 1e6).toFixed(1)} MB`);

const sticker = (message) => el("div", { class: "sticker", role: "img", "aria-label": summaryOf(message) }, message.sticker.emoji ?? "🙂");

function contact(message) {
  const person = message.contact;
  return el("div", { class: "paper" }, avatar(person.user_id ?? 0, nameOf(person)),
    el("span", { class: "place-text" }, el("b", {}, nameOf(person)), el("small", {}, person.phone_number ?? "")));
}

// First match wins: a venue also carries its location.
const MAKERS = { venue, location, photo: picture, photo_url: picture, voice, video, document: paper, sticker, contact };

/** A round letter in the person's colour. */
export function avatar(id, name, extra = "") {
  const face = el("span", { class: `avatar ${extra}`, "aria-hidden": "true" }, [...(name || "?")][0]);
  face.style.setProperty("--tone", colourOf(id));
  return face;
}
