/** "Send a photo": the sandbox's sample pictures or one's own file; several become an album. Any other file is a document. */
import { openDialog } from "./dialog.js";
import { button, el } from "./dom.js";

const LONGEST_EDGE = 1280; // as Telegram's clients shrink photos; keeps the request small too
const MOST = 10; // an album's limit

/**
 * @param {{name: string, label: string}[]} samples
 * @param {string} who
 * @param {(photos: string[], caption: string) => void} onSend photos as "sample:NAME" or data URLs
 * @param {(content: any) => void} onOther a video placeholder, or a document of one's own
 */
export function pickPhotos(samples, who, onSend, onOther) {
  const chosen = new Set();
  const caption = el("input", { type: "text", placeholder: "说明(可不填)", "aria-label": "照片说明", maxlength: "1024" });
  const send = button("发送", () => { onSend([...chosen], caption.value.trim()); dialog.close(); }, { class: "primary", disabled: true });
  const changed = () => {
    send.disabled = chosen.size === 0;
    send.textContent = chosen.size > 1 ? `发送 ${chosen.size} 张` : "发送";
  };
  const grid = el("div", { class: "photo-grid" }, ...samples.map(({ name, label }) =>
    tile(`/sandbox/photos/${encodeURIComponent(name)}`, label, `sample:${name}`, chosen, changed)));
  const upload = uploader((url, name) => { grid.append(tile(url, name, url, chosen, changed, true)); changed(); });
  const other = (face, content) => button(face, () => { onOther(content); dialog.close(); }, { class: "secondary" });
  const dialog = openDialog(`发送照片 · ${who}`, [grid, el("footer", {}, caption, send),
    el("footer", { class: "quiet" }, upload, other("发送视频(占位)", { video: true }), papers((content) => { onOther(content); dialog.close(); }))],
  { kind: "photo-dialog" });
}

function tile(url, label, value, chosen, changed, on = false) {
  const toggle = (wanted) => {
    if (wanted && chosen.size >= MOST) return;
    chosen[wanted ? "add" : "delete"](value);
    node.setAttribute("aria-pressed", String(wanted));
    changed();
  };
  const node = button(el("span", {}, el("img", { src: url, alt: "" }), el("small", {}, label)),
    () => toggle(!chosen.has(value)), { class: "tile", "aria-pressed": "false" });
  if (on) toggle(true);
  return node;
}

function uploader(onReady) {
  const input = el("input", { type: "file", accept: "image/*", class: "visually-hidden", "aria-label": "上传自己的照片" });
  input.addEventListener("change", async () => {
    for (const file of input.files) onReady(await shrunk(file), file.name);
    input.value = "";
  });
  return el("label", { class: "secondary upload" }, input, "上传自己的照片…");
}

/** One's own file, sent at once and as it is: a district file, a holiday table. */
function papers(onReady) {
  const input = el("input", { type: "file", class: "visually-hidden", "aria-label": "发送自己的文件" });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (file) onReady({ document: { data: await dataUrl(file), file_name: file.name, mime_type: file.type } });
  });
  return el("label", { class: "secondary upload" }, input, "发送自己的文件…");
}

/** @param {File} file @returns {Promise<string>} its bytes as they are */
const dataUrl = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => done(String(reader.result)));
  reader.addEventListener("error", () => failed(reader.error));
  reader.readAsDataURL(file);
});

/** @param {File} file @returns {Promise<string>} a JPEG data URL no longer than LONGEST_EDGE */
async function shrunk(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height));
  const canvas = el("canvas", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.toDataURL("image/jpeg", 0.86);
}
