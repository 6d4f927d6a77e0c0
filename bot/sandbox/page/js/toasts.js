/** Short answers inside a phone: a toast that goes by itself, a small window that waits for "好的". */
import { button, el } from "./dom.js";

const TOAST_MS = 4000;

/** @param {HTMLElement} layer of the phone's screen */
export function showToast(layer, text) {
  layer.querySelector(".toast")?.remove();
  const toast = el("div", { class: "toast", role: "status" }, text);
  layer.append(toast);
  setTimeout(() => toast.remove(), TOAST_MS);
}

/** @param {HTMLElement} layer @param {string} text @param {Node[]} [extra] more buttons before "好的" */
export function showAlert(layer, text, extra = []) {
  const before = document.activeElement;
  const close = () => { veil.remove(); before?.focus?.(); };
  const done = button("好的", close, { class: "primary" });
  const veil = el("div", { class: "veil", role: "alertdialog", "aria-label": text, on: { keydown: (event) => event.key === "Escape" && close() } },
    el("div", { class: "alert" }, el("p", {}, text), el("div", { class: "alert-keys" }, ...extra, done)));
  layer.append(veil);
  done.focus();
}
