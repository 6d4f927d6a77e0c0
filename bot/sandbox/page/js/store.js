/** What the page knows of the chats: loaded once, then kept by pushed events. */
import * as api from "./api.js";

const TYPING_MS = 5000;

/** @typedef {{chat: any, messages: Map<number, any>, pinned: any, keyboards: Map<number, any>, flash: Map<number, number>,
 *             lastSeen: number, firstPushed: number, typingUntil: number, events: number, loaded: boolean}} ChatState */

/** Emits `change` with detail {chatId, message?} and `typing` with {chatId}. */
export class Store extends EventTarget {
  /** @type {Map<number, ChatState>} */ #chats = new Map();
  /** @type {Map<string, Promise<void>>} */ #loading = new Map();
  /** @type {Map<number, number>} */ #moved = new Map();

  /** @returns {ChatState} */
  state(chatId) {
    if (!this.#chats.has(chatId)) this.#chats.set(chatId, emptyChat());
    return this.#chats.get(chatId);
  }

  /** @returns {any[]} in the order of the chat */
  messages(chatId) {
    return [...this.state(chatId).messages.values()].sort((a, b) => a.message_id - b.message_id);
  }

  /** Read a chat as one person sees it. Calls that meet share one request. */
  load(chatId, viewer) {
    const key = `${chatId}:${viewer}`;
    if (!this.#loading.has(key)) {
      this.#loading.set(key, this.#read(chatId, viewer).finally(() => this.#loading.delete(key)));
    }
    return this.#loading.get(key);
  }

  /** Read every known chat again, for the viewers it was read for: after a cut something may be missing. */
  async reload() {
    const reads = [...this.#chats].flatMap(([id, { keyboards }]) => [...keyboards.keys()].map((who) => this.load(id, who)));
    await Promise.allSettled(reads);
  }

  receive(event) {
    const chatId = event.chat_id ?? event.chat?.id;
    RECEIVERS[event.type]?.(this, this.state(chatId), { ...event, chat_id: chatId });
  }

  /** A group that became a supergroup has a new id; phones set up with the old one go along. */
  current(chatId) { return this.#moved.get(chatId) ?? chatId; }

  follow(message, state) {
    const [from, to] = [message.chat?.id, message.migrate_to_chat_id];
    if (!to || this.#moved.has(from)) return;
    this.#moved.set(from, to);
    for (const viewer of state.keyboards.keys()) this.load(to, viewer).then(() => this.changed(from));
  }

  seen(chatId) {
    const state = this.state(chatId);
    const last = Math.max(0, ...state.messages.keys());
    if (last <= state.lastSeen) return;
    state.lastSeen = last;
    this.changed(chatId);
  }

  unread(chatId, me) {
    const { messages, lastSeen } = this.state(chatId);
    return [...messages.values()].filter((m) => m.message_id > lastSeen && m.from?.id !== me).length;
  }

  changed(chatId, message = null) {
    this.dispatchEvent(new CustomEvent("change", { detail: { chatId, message } }));
  }

  async #read(chatId, viewer) {
    const state = this.state(chatId);
    let answer;
    let before;
    do { // an event that came during the request is newer than the answer: ask again
      before = state.events;
      answer = await api.messages(chatId, viewer).catch((error) => ({ error }));
    } while (state.events !== before);
    if (answer.error && !(answer.error instanceof api.Refused)) throw answer.error;
    take(state, viewer, answer.error ? {} : answer);
    for (const message of state.messages.values()) this.follow(message, state);
    this.changed(chatId);
  }
}

/** @returns {ChatState} */
const emptyChat = () => ({
  chat: null, messages: new Map(), pinned: null, keyboards: new Map(), flash: new Map(),
  lastSeen: 0, firstPushed: Infinity, typingUntil: 0, events: 0, loaded: false,
});

/** A refused read (the person never started the bot) leaves an empty chat. */
function take(state, viewer, { chat = null, messages = [], pinned = [], reply_keyboard: keyboard = null }) {
  state.chat = chat ?? state.chat;
  state.messages = new Map(messages.map((message) => [message.message_id, message]));
  state.pinned = state.messages.get(pinned.at(-1)) ?? null;
  state.keyboards.set(viewer, keyboard);
  // What was there before the page is old news; what was pushed while it loaded is not.
  if (!state.loaded) state.lastSeen = Math.max(0, ...[...state.messages.keys()].filter((id) => id < state.firstPushed));
  state.loaded = true;
}

function putMessage(store, state, { chat_id: chatId, message }) {
  state.events += 1;
  state.typingUntil = 0;
  state.firstPushed = Math.min(state.firstPushed, message.message_id);
  state.messages.set(message.message_id, message);
  store.follow(message, state);
  // ForceReply and one-time keyboards fold away once their reader has spoken; whose that was is the server's rule.
  const spoken = state.keyboards.get(message.from?.id);
  if (spoken?.force_reply || spoken?.one_time_keyboard) readAgain(store, state, { chat_id: chatId });
  store.changed(chatId, message);
}

function editMessage(store, state, { chat_id: chatId, message }) {
  const words = (m) => JSON.stringify([m?.text, m?.entities, m?.caption, m?.caption_entities, m?.photo, m?.location]);
  const old = state.messages.get(message.message_id);
  state.events += 1;
  if (old && words(old) !== words(message)) state.flash.set(message.message_id, (state.flash.get(message.message_id) ?? 0) + 1);
  state.messages.set(message.message_id, message);
  if (state.pinned?.message_id === message.message_id) state.pinned = message;
  store.changed(chatId);
}

function deleteMessages(store, state, { chat_id: chatId, message_id: one, message_ids: many = [one] }) {
  state.events += 1;
  for (const id of many) state.messages.delete(id);
  store.changed(chatId);
}

function typing(store, state, { chat_id: chatId }) {
  state.typingUntil = Date.now() + TYPING_MS;
  store.dispatchEvent(new CustomEvent("typing", { detail: { chatId } }));
  setTimeout(() => store.dispatchEvent(new CustomEvent("typing", { detail: { chatId } })), TYPING_MS + 50);
}

function readAgain(store, state, { chat_id: chatId }) {
  state.events += 1;
  for (const viewer of state.keyboards.keys()) store.load(chatId, viewer);
}

const RECEIVERS = {
  message: putMessage, edit: editMessage, delete: deleteMessages, typing, pin: readAgain, markup: readAgain, chat: readAgain,
};
