/** Modal windows over the whole page, on the browser's own <dialog>: focus trap and Escape come with it. */
import { button, el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {string} title
 * @param {Node[]} content
 * @param {{kind?: string}} [options] `kind` = extra class
 * @returns {{node: HTMLDialogElement, close: () => void}}
 */
export function openDialog(title, content, { kind = "" } = {}) {
  const close = () => node.close();
  const node = el("dialog", { class: `dialog ${kind}`, "aria-label": title },
    el("header", {}, el("h2", {}, title), button(icon("close"), close, { class: "round-button", "aria-label": "关闭" })),
    ...content);
  node.addEventListener("close", () => node.remove());
  node.addEventListener("click", (event) => event.target === node && close()); // a click on the backdrop
  document.body.append(node);
  node.showModal();
  return { node, close };
}
