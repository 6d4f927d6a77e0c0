/** A link t.me/BOT?startgroup=WORD asks for a group and lets the bot into it, as Telegram does. */
import * as api from "./api.js";
import { openDialog } from "./dialog.js";
import { button, el } from "./dom.js";

/** @returns {{payload: string, rights: string[]}|null} what such a link says; the sandbox has one bot */
export function groupLink(url) {
  const link = /^https?:\/\/(?:t|telegram)\.me\/\w+\?(.*)$/i.exec(url);
  const query = link && new URLSearchParams(link[1].replaceAll("+", "%2B"));
  if (!query?.has("startgroup")) return null;
  return { payload: query.get("startgroup"), rights: (query.get("admin") ?? "").split("+").filter(Boolean) };
}

/** @param {import("./phone.js").Phone} phone whose owner chooses among the groups they are in */
export function chooseGroup(phone, { payload, rights }) {
  const mine = (phone.app.config.phones ?? []).filter(({ chat_id: chat, speakers }) => chat < 0 && speakers.some(({ user_id: id }) => id === phone.me));
  const choose = ({ chat_id: chat }) => {
    close();
    api.startGroup({ chat_id: chat, user_id: phone.me, payload, rights }).catch((error) => phone.toast(error.message));
  };
  const { close } = openDialog("选一个群", [el("div", { class: "choices" },
    ...mine.map((group) => button(el("span", {}, group.title), () => choose(group), { class: "secondary" })))]);
}
