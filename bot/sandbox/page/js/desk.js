/** The desk: four phones at a time, tabs for the rest. */
import { button, el, reconcile } from "./dom.js";
import { Phone } from "./phone.js";

const SLOTS = 4;

export class Desk {
  /** @type {Phone[]} */ phones = [];
  #tabs = document.getElementById("tabs");
  #node = document.getElementById("desk");

  constructor(app) {
    this.app = app;
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
    this.refreshTabs();
  }

  /** Redraw whoever shows this chat. */
  changed(chatId, message) {
    for (const phone of this.phones.filter((one) => one.shows(chatId))) {
      phone.refresh();
      if (message && phone.chatId === chatId) phone.arrived(message);
    }
    this.refreshTabs();
  }

  refreshAll() {
    for (const phone of this.phones) phone.refresh();
    this.refreshTabs();
  }

  tick() {
    for (const phone of this.phones) phone.tick();
  }

  /** The phone on which somebody else's answer should appear, e.g. a press made by a script. */
  phoneOf({ chat_id: chatId, user_id: userId }) {
    const showing = this.phones.filter((phone) => phone.chatId === chatId);
    return showing.find((phone) => phone.me === userId) ?? showing.find(({ config }) => config.speakers.some((s) => s.user_id === userId));
  }

  refreshTabs() {
    this.#tabs.hidden = this.#all.length <= SLOTS;
    if (this.#tabs.hidden) return;
    // Redraw only what changed: a tab that is being pressed must not be replaced under the finger.
    const sign = JSON.stringify(this.#all.map((config) => [config.id, config.title, this.#slotOf(config), this.#news(config)]));
    if (this.#tabs.dataset.sign === sign) return;
    this.#tabs.dataset.sign = sign;
    this.#tabs.replaceChildren(...this.#all.map((config) => this.#tab(config)));
  }

  #tab(config) {
    const slot = this.#slotOf(config);
    const news = this.#news(config);
    return button(el("span", {}, config.title, news > 0 && el("i", { class: "dot", "aria-label": `${news} 条新消息` })),
      () => this.#choose(config), { class: "tab", "aria-pressed": String(slot >= 0), title: slot >= 0 ? "已在桌面上" : "放到最右边" });
  }

  #news(config) {
    if (this.#slotOf(config) >= 0) return 0;
    return chatsOf(config).reduce((sum, [chatId, who]) => sum + this.app.store.unread(this.app.store.current(chatId), who), 0);
  }

  #choose(config) {
    const slot = this.#slotOf(config);
    if (slot < 0) this.#swap(this.phones.length - 1, config);
    else this.phones[slot].composer.input.focus();
  }

  #swap(slot, config) {
    const other = this.#slotOf(config);
    if (other >= 0) this.#put(other, this.phones[slot].config);
    this.#put(slot, config);
    for (const phone of this.phones) this.#fillPicker(phone);
    this.refreshTabs();
  }

  #put(slot, config) {
    this.phones[slot].show(config);
    this.#fillPicker(this.phones[slot]);
  }

  #slotOf(config) {
    return this.phones.findIndex((phone) => phone.config?.id === config.id);
  }

  #newPhone() {
    const select = el("select", { "aria-label": "换一部手机", on: { change: () => {
      const slot = this.phones.findIndex((one) => one === phone);
      this.#swap(slot, this.#all.find(({ id }) => id === select.value));
    } } });
    const caption = el("div", { class: "caption" }, select, el("small", {}));
    const phone = new Phone(this.app, caption);
    return phone;
  }

  #fillPicker(phone) {
    const [select, note] = phone.node.querySelector(".caption").children;
    select.replaceChildren(...this.#all.map(({ id, title }) => el("option", { value: id, selected: id === phone.config.id }, title)));
    note.textContent = phone.config.subtitle ?? "";
  }

  /** Phones in the drawer are read too: their tabs show what is new. */
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
