/** One row of a chat: a bubble, an album, a service line or a date. */
import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./markup.js";
import { album, avatar, media } from "./media.js";
import { colourOf, photoOf, senderOf, serviceText, summaryOf } from "./message.js";
import { sanitize } from "./sanitize.js";

/** @typedef {{messages: any[], own: boolean, group: boolean, first: boolean, last: boolean, flash: number}} Row */

export const dayLine = (text) => el("div", { class: "line day" }, el("span", {}, text));

export const serviceLine = (message) => el("div", { class: "line", data: { message: message.message_id } }, el("span", {}, serviceText(message)));

/** @param {Row} row @param {import("./phone.js").Phone} phone */
export function bubbleRow(row, phone) {
  const [head] = row.messages;
  const sender = senderOf(head);
  const named = row.group && !row.own;
  const classes = ["row", row.own ? "own" : "other", row.last && "tail", row.flash > 0 && `flash flash-${row.flash % 2}`];
  return el("article", { class: classes.filter(Boolean).join(" "), data: { message: head.message_id }, "aria-label": `${sender.name}:${summaryOf(head)}` },
    named && (row.last ? avatar(sender.id, sender.name, "small") : el("span", { class: "avatar-gap" })),
    el("div", { class: "stack" },
      bubble(row, phone, named && row.first ? sender : null),
      inlineKeyboard(head, phone)),
    actions(head, row.own, phone));
}

function bubble(row, phone, sender) {
  const [head] = row.messages;
  const worded = row.messages.find((message) => message.text || message.caption);
  const bare = !worded && (photoOf(head) || head.sticker) && !head.reply_to_message && !sender;
  return el("div", { class: `bubble${bare ? " bare" : ""}` },
    sender && senderName(sender),
    head.forward_origin && el("div", { class: "forwarded" }, `转发自 ${forwardedFrom(head.forward_origin)}`),
    head.reply_to_message && quote(head.reply_to_message, phone),
    row.messages.length > 1 ? album(row.messages) : media(head, phone.app),
    words(worded, stamp(row, phone.app.clock)));
}

function senderName({ id, name, bot }) {
  const line = el("div", { class: "sender" }, name, bot && el("span", { class: "badge" }, "机器人"));
  line.style.setProperty("--tone", colourOf(id));
  return line;
}

const forwardedFrom = (origin) =>
  origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? origin.sender_chat?.title ?? "他人";

/** The server's rendering where there is one; an album keeps its words on one of the pictures. */
function words(message, time) {
  if (!message) return time;
  const html = message.html ?? message.caption_html;
  const box = el("div", { class: "words" });
  box.append(html ? sanitize(html) : message.text ?? message.caption, time); // the time floats beside the last line
  return box;
}

function quote(target, phone) {
  const { id, name } = senderOf(target);
  const face = el("span", {}, el("b", {}, name), el("span", { class: "quote-text" }, summaryOf(target)));
  const box = button(face, () => phone.thread.goTo(target.message_id), { class: "quote", "aria-label": `跳到被回复的消息:${name}` });
  box.style.setProperty("--tone", colourOf(id));
  return box;
}

function stamp(row, clock) {
  const head = row.messages.at(-1);
  const edited = row.messages.some((message) => message.edit_date && !message.location?.live_period);
  return el("span", { class: "stamp" }, edited && el("span", { class: "edited" }, "已编辑"),
    el("time", {}, clock.time(head.at)), row.own && el("span", { class: "ticks", "aria-label": "已送达" }, "✓✓"));
}

/** Answer, and what only the sender may do; they appear on hover and on keyboard focus. */
function actions(message, own, phone) {
  const live = own && message.location?.live_period && !message.location.stopped;
  return el("div", { class: "actions" },
    button(icon("reply"), () => phone.composer.reply(message), { "aria-label": "回复", title: "回复" }),
    own && message.text && button(icon("pencil"), () => phone.composer.edit(message), { "aria-label": "编辑", title: "编辑" }),
    live && button(icon("pin"), () => phone.moveLive(message), { "aria-label": "移动实时位置", title: "移动实时位置" }),
    live && button(icon("close"), () => phone.stopLive(message), { "aria-label": "停止实时位置", title: "停止实时位置" }));
}
