/** The desk: four phones at a time; each can become another, and one notice tells what came on those not shown. */
import { el, reconcile } from "./dom.js";
import { Phone } from "./phone.js";

const SLOTS = 4;

export class Desk {
  /** @type {Phone[]} */ phones = [];
  #node = document.getElementById("desk");

  /** @param {any} app @param {(news: {config: any, count: number}[]) => void} onNews what came on phones not shown */
  constructor(app, onNews) {
    this.app = app;
    this.onNews = onNews;
  }

  get #all() { return this.app.config.phones ?? []; }

  /** New configuration: phones that are still in it stay where they are. */
  configure() {
    const kept = this.phones.map(({ config }) => this.#all.find(({ id }) => id === config.id)).filter(Boolean);
    const wanted = [...kept, ...this.#all.filter((phone) => !kept.includes(phone))].slice(0, SLOTS);
    while (this.phones.length < wanted.length) this.phones.push(this.#newPhone());
    this.phones.length = wanted.length;
    reconcile(this.#node, this.phones.map(({ node }) => node));
    wanted.forEach((config, slot) => this.#put(slot, config));
    this.#loadHidden();
    this.#tellNews();
  }

  /** Redraw whoever shows this chat. */
  changed(chatId, message) {
    for (const phone of this.phones.filter((one) => one.shows(chatId))) {
      phone.refresh();
      if (message && phone.chatId === chatId) phone.arrived(message);
    }
    this.#tellNews();
  }

  refreshAll() {
    for (const phone of this.phones) phone.refresh();
    this.#tellNews();
  }

  tick() {
    for (const phone of this.phones) phone.tick();
  }

  /** The phone on which somebody else's answer should appear, e.g. a press made by a script. */
  phoneOf({ chat_id: chatId, user_id: userId }) {
    const showing = this.phones.filter((phone) => phone.chatId === chatId);
    return showing.find((phone) => phone.me === userId) ?? showing.find(({ config }) => config.speakers.some((s) => s.user_id === userId));
  }

  /** Take a phone out of the drawer; the rightmost one makes room. */
  bring(config) {
    const slot = this.#slotOf(config);
    if (slot < 0) this.#swap(this.phones.length - 1, config);
    this.phones[slot < 0 ? this.phones.length - 1 : slot].composer.input.focus();
  }

  #tellNews() {
    for (const phone of this.phones) this.#markPicker(phone);
    this.onNews(this.#all.map((config) => ({ config, count: this.#news(config) })).filter(({ count }) => count > 0));
  }

  #news(config) {
    if (this.#slotOf(config) >= 0) return 0;
    return this.app.store.unread(this.app.store.current(config.chat_id), config.speakers[0]?.user_id);
  }

  #swap(slot, config) {
    const other = this.#slotOf(config);
    if (other >= 0) this.#put(other, this.phones[slot].config);
    this.#put(slot, config);
    for (const phone of this.phones) this.#fillPicker(phone);
    this.#tellNews();
  }

  #put(slot, config) {
    this.phones[slot].show(config);
    this.#fillPicker(this.phones[slot]);
  }

  #slotOf(config) {
    return this.phones.findIndex((phone) => phone.config?.id === config.id);
  }

  #newPhone() {
    const select = el("select", { "aria-label": "换一部手机", title: "换一部手机", on: { change: () => {
      const slot = this.phones.findIndex((one) => one === phone);
      this.#swap(slot, this.#all.find(({ id }) => id === select.value));
    } } });
    const phone = new Phone(this.app, el("div", { class: "caption" }, select, el("small", {})));
    return phone;
  }

  #fillPicker(phone) {
    const [select, note] = phone.node.querySelector(".caption").children;
    select.replaceChildren(...this.#all.map(({ id, title }) => el("option", { value: id, selected: id === phone.config.id }, title)));
    note.textContent = phone.config.subtitle ?? "";
    this.#markPicker(phone);
  }

  /** Only the words of the entries change: an open list must not be rebuilt under the finger. */
  #markPicker(phone) {
    for (const option of phone.node.querySelector(".caption select").options) {
      const config = this.#all.find(({ id }) => id === option.value);
      const count = config ? this.#news(config) : 0;
      const face = `${count ? "● " : ""}${config?.title ?? ""}${count ? `(${count} 条新消息)` : ""}`;
      if (option.textContent !== face) option.textContent = face;
    }
  }

  /** Phones in the drawer are read too: the notice tells what is new on them. */
  #loadHidden() {
    const { store } = this.app;
    for (const [chatId, who] of this.#all.flatMap(chatsOf)) if (!store.state(chatId).loaded) store.load(chatId, who);
  }
}

/** Every chat of a phone with one person who sees it. @returns {[number, number][]} */
function chatsOf({ chat_id: chatId, speakers }) {
  const own = speakers.map(({ user_id: id }) => [id, id]);
  return chatId < 0 && speakers.length ? [[chatId, speakers[0].user_id], ...own] : own;
}
