/** One phone: its frame, the chat it shows, and what its owner does. */
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { chooseGroup, groupLink } from "./invite.js";
import { pickPlace } from "./mappicker.js";
import { avatar } from "./media.js";
import { nameOf, summaryOf } from "./message.js";
import { pickPhotos } from "./photopicker.js";
import { Thread } from "./thread.js";
import { showAlert, showToast } from "./toasts.js";

/** @typedef {{id: string, title: string, subtitle?: string, chat_id: number, speakers: {user_id: number, name: string}[], samples?: string[]}} PhoneConfig */

let albums = 0;

export class Phone {
  /** @type {PhoneConfig} */ config;
  /** user id of whoever holds the phone now */ me = 0;
  #private = false;

  /** @param {any} app @param {HTMLElement} picker the caption above, made by the desk */
  constructor(app, picker) {
    this.app = app;
    this.header = el("header", { class: "chat-header" });
    this.pinned = button("", () => this.thread.goTo(this.state.pinned.message_id), { class: "pinned", hidden: true });
    this.clockLine = el("time", {});
    this.thread = new Thread(this);
    this.composer = new Composer(this);
    this.start = button("开始", () => this.say({ text: "/start" }), { class: "primary start", hidden: true });
    this.screen = el("div", { class: "screen" }, statusBar(this.clockLine), this.header, this.pinned, this.thread.node, this.start, this.composer.node);
    this.node = el("section", { class: "phone" }, picker, el("div", { class: "frame" }, this.screen));
    this.tick();
  }

  /** Put this person's phone in the frame. @param {PhoneConfig} config */
  show(config) {
    const same = this.config?.id === config.id;
    const known = config.speakers.some(({ user_id: id }) => id === this.me);
    this.config = config;
    this.node.dataset.phone = config.id;
    this.node.setAttribute("aria-label", `${config.title}的手机`);
    if (!same) this.#private = false;
    if (same && known) return this.composer.setUp(), this.refresh();
    this.speak(config.speakers[0]?.user_id ?? config.chat_id);
  }

  /** The group, or the holder's own chat with the bot (there a chat's id is the person's). */
  get chatId() { return this.config.chat_id < 0 && !this.#private ? this.#groupId : this.me; }
  get #groupId() { return this.app.store.current(this.config.chat_id); }
  get isGroup() { return this.chatId < 0; }
  get state() { return this.app.store.state(this.chatId); }
  get who() { return this.config.speakers.find(({ user_id: id }) => id === this.me)?.name ?? this.config.title; }

  /** Another person takes the phone. */
  speak(userId) {
    this.me = userId;
    this.#opened();
  }

  #opened() {
    this.composer.setUp();
    this.refresh();
    for (const id of this.#chats()) this.app.store.load(id, this.me);
  }

  #chats() { return this.config.chat_id < 0 ? [this.#groupId, this.me] : [this.me]; }

  shows(chatId) { return this.#chats().includes(this.app.store.current(chatId)); }

  refresh() {
    this.#drawHeader();
    this.#drawPinned();
    this.thread.render();
    this.composer.setKeyboard(this.state.keyboards.get(this.me));
    this.start.hidden = this.isGroup || !this.state.loaded || this.state.messages.size > 0;
  }

  /** One's own words are always brought into view. */
  arrived(message) {
    if (message.from?.id === this.me) this.thread.toBottom();
  }

  /** The bot asks for a reply: open it, without taking the cursor out of another phone. */
  forced(markup) {
    const target = this.app.store.messages(this.chatId).findLast((message) => message.reply_keyboard?.force_reply);
    if (!target) return;
    const busy = document.activeElement?.matches("textarea, input, select, dialog *") && !this.node.contains(document.activeElement);
    this.composer.reply(target, { placeholder: markup.input_field_placeholder, focus: !busy });
  }

  tick() { this.clockLine.textContent = this.app.clock.time(this.app.clock.now()); }

  /** @returns {Promise<boolean>} was it taken by the server? */
  async say(content) {
    try {
      await api.say({ chat_id: this.chatId, user_id: this.me, ...this.composer.takeReply(), ...content });
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  async #edit(message, change) {
    await api.edit({ chat_id: this.chatId, message_id: message.message_id, user_id: this.me, ...change })
      .catch((error) => this.toast(error.message));
  }

  editText(message, text) { return this.#edit(message, { text }); }
  stopLive(message) { return this.#edit(message, { stop_live: true }); }

  moveLive(message) {
    pickPlace(this.app.map, { who: this.who, title: "移动实时位置", venue: false, live: false }, ({ location }) => this.#edit(message, { location }));
  }

  sendPlace({ asked = false } = {}) {
    pickPlace(this.app.map, { who: this.who, venue: !asked, live: !asked }, (content) => this.say(content));
  }

  sendPhotos() {
    pickPhotos(this.app.config.photos ?? [], this.who, (photos, caption) => this.#sendAlbum(photos, caption), (content) => this.say(content));
  }

  /** One after another: the order of an album is the order of arrival. */
  async #sendAlbum(photos, caption) {
    const group = photos.length > 1 ? { media_group_id: `page-${Date.now()}-${(albums += 1)}` } : {};
    for (const [index, photo] of photos.entries()) {
      const sent = await this.say({ photo, ...group, ...(index === 0 && caption ? { caption } : {}) });
      if (!sent) return;
    }
  }

  sendContact() {
    // Invented number: the sandbox has no telephones.
    return this.say({ contact: { phone_number: `1990000${String(this.me).slice(-4).padStart(4, "0")}`, first_name: this.who, user_id: this.me } });
  }

  answered({ text, show_alert: alert, url }) {
    if (url) this.openLink(url);
    else if (text) (alert ? showAlert : showToast)(this.screen, text);
  }

  /** The answer to a press made by a script: whoever else holds this phone must not have to close a window for it. */
  overheard(answer) {
    if (answer.user_id === this.me) return this.answered(answer);
    const presser = this.config.speakers.find(({ user_id: id }) => id === answer.user_id)?.name.split(" ")[0];
    if (answer.text) this.toast(`${presser}:${answer.text}`);
  }

  toast(text) { showToast(this.screen, text); }

  openLink(url) {
    const start = startWord(url);
    if (start) return this.#startChat(start);
    const group = groupLink(url);
    if (group) return chooseGroup(this, group);
    const safe = /^(https?|tg|tel|mailto):/i.test(url);
    const link = safe && el("a", { class: "secondary", href: url, target: "_blank", rel: "noopener noreferrer" }, "打开");
    showAlert(this.screen, url, link ? [link] : []);
  }

  /** A link t.me/BOT?start=WORD opens the speaker's own chat with the bot and starts it, as Telegram does. */
  #startChat(word) {
    if (this.isGroup) this.#openPrivate(true);
    this.say({ text: `/start ${word}` });
  }

  #openPrivate(on) {
    this.#private = on;
    this.#opened();
  }

  #drawHeader() {
    const { chat } = this.state;
    const title = this.isGroup ? chat?.title ?? this.config.title : this.#botName();
    const quiet = this.isGroup ? `${this.config.speakers.length + 1} 位成员` : "机器人"; // the bot is one of them
    const typing = this.state.typingUntil > Date.now();
    this.header.replaceChildren(avatar(this.chatId, title), el("div", { class: "chat-title" }, el("b", {}, title),
      el("small", { class: typing ? "typing" : "" }, typing ? "正在输入…" : quiet)), ...this.#chatSwitch());
  }

  /** Without a name in the configuration the bot's own messages tell it. */
  #botName() {
    const said = this.app.store.messages(this.chatId).findLast((message) => message.from?.is_bot);
    return this.app.config.bot_name ?? (said ? nameOf(said.from) : "机器人");
  }

  /** People of a group also talk to the bot alone (location can only be asked for there). */
  #chatSwitch() {
    if (this.config.chat_id >= 0) return [];
    const tab = (face, on, chatId) => button(el("span", {}, face, !this.#isShown(on) && this.app.store.unread(chatId, this.me) > 0 && el("i", { class: "dot", "aria-label": "有新消息" })),
      () => this.#openPrivate(on), { "aria-pressed": String(this.#isShown(on)) });
    return [el("div", { class: "chat-switch", role: "group", "aria-label": "群或私聊" },
      tab("群", false, this.#groupId), tab("私聊", true, this.me))];
  }

  #isShown(wanted) { return this.#private === wanted; }

  #drawPinned() {
    const { pinned } = this.state;
    this.pinned.hidden = !pinned;
    if (pinned) this.pinned.replaceChildren(icon("flag"), el("span", {}, el("b", {}, "置顶消息"), el("span", {}, summaryOf(pinned))));
  }
}

/** @returns {string|null} WORD of t.me/BOT?start=WORD; the sandbox has one bot, so every such link is its own */
function startWord(url) {
  return /^(?:https?:\/\/(?:t|telegram)\.me\/\w+\?start=|tg:\/\/resolve\?domain=\w+&start=)([\w-]{1,64})$/i.exec(url)?.[1] ?? null;
}

const statusBar = (time) => el("div", { class: "status-bar", "aria-hidden": "true" }, time, el("span", { class: "signals" }, el("i"), el("i"), el("i"), el("b")));
