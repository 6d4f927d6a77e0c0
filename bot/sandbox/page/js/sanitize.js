/** The server renders entities to HTML and escapes the rest; the page still lets only Telegram's own tags through. */

const KEPT = new Map(Object.entries({
  b: "b", strong: "b", i: "i", em: "i", u: "u", ins: "u", s: "s", strike: "s", del: "s",
  code: "code", pre: "pre", blockquote: "blockquote", br: "br", a: "a", "tg-spoiler": "span", span: "span",
}));
const MARKED = ["mention", "text_mention", "hashtag", "bot_command"];
const SAFE_LINK = /^(https?:|tg:|mailto:|tel:)/i;

/**
 * @param {string} html
 * @returns {DocumentFragment} freshly made nodes, none of the parsed ones
 */
export function sanitize(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const out = document.createDocumentFragment();
  copyChildren(parsed.body, out);
  return out;
}

function copyChildren(from, to) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) to.append(child.data);
    else if (child.nodeType === Node.ELEMENT_NODE) copyElement(child, to);
  }
}

function copyElement(source, to) {
  const tag = source.localName;
  if (tag === "script" || tag === "style") return;
  const kept = KEPT.get(tag);
  if (!kept) return copyChildren(source, to); // an unknown tag loses its skin and keeps its words
  const copy = document.createElement(kept);
  if (kept === "a") linkAttributes(source, copy);
  if (isSpoiler(source)) spoiler(copy);
  else if (MARKED.includes(source.className)) mark(source.className, copy);
  copyChildren(source, copy);
  to.append(copy);
}

function linkAttributes(source, copy) {
  const href = source.getAttribute("href") ?? "";
  if (!SAFE_LINK.test(href)) return;
  copy.href = href;
  copy.target = "_blank";
  copy.rel = "noopener noreferrer";
}

const isSpoiler = (node) => node.localName === "tg-spoiler" || ["spoiler", "tg-spoiler"].includes(node.className);

/** Commands can be pressed (the thread listens for them), the others only look like links. */
function mark(kind, node) {
  node.className = kind;
  if (kind !== "bot_command") return;
  node.tabIndex = 0;
  node.role = "button";
}

function spoiler(node) {
  node.className = "spoiler";
  node.tabIndex = 0;
  const show = () => node.classList.add("shown");
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => event.key === "Enter" && show());
}
