/** Keyboards: buttons under a bubble, and the keyboard that takes the place of letters. */
import { button, el } from "./dom.js";

/** @param {any} message @param {import("./phone.js").Phone} phone @returns {HTMLElement|null} */
export function inlineKeyboard(message, phone) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "inline-keyboard" }, ...rows.map((row) =>
    el("div", { class: "key-row" }, ...row.map((key) => inlineKey(key, message, phone)))));
}

function inlineKey(key, message, phone) {
  const action = Object.keys(ACTIONS).find((name) => key[name] !== undefined);
  const chatId = message.chat?.id ?? phone.chatId;
  const turning = phone.app.presses.isTurning(chatId, message.message_id, key.callback_data);
  const face = el("span", {}, key.text, key.url && el("span", { class: "corner", "aria-hidden": "true" }, "↗"));
  return button(face, () => (ACTIONS[action] ?? unknown)(key, phone, chatId, message),
    { class: `key${turning ? " turning" : ""}`, "aria-busy": turning ? "true" : null });
}

const ACTIONS = {
  callback_data: (key, phone, chatId, message) => phone.app.presses.press(phone, chatId, message.message_id, key.callback_data),
  url: (key, phone) => phone.openLink(key.url),
  copy_text: (key, phone) => copy(key.copy_text.text, phone),
};

const unknown = (_key, phone) => phone.toast("沙盒里没有这种按钮");

async function copy(text, phone) {
  await navigator.clipboard?.writeText(text).catch(() => {});
  phone.toast(`已复制:${text}`);
}

/**
 * @param {any} markup ReplyKeyboardMarkup
 * @param {(key: {text: string, request_location?: boolean, request_contact?: boolean}) => void} onKey
 */
export function replyKeyboard(markup, onKey) {
  const keys = (row) => row.map((key) => (typeof key === "string" ? { text: key } : key));
  return el("div", { class: `reply-keyboard${markup.resize_keyboard ? "" : " tall"}`, role: "group", "aria-label": "回复键盘" },
    ...markup.keyboard.map((row) => el("div", { class: "key-row" },
      ...keys(row).map((key) => button(key.text, () => onKey(key), { class: "key" })))));
}
