/** Inline buttons pressed and not yet answered. The button turns until the bot answers, as it does in Telegram. */
import * as api from "./api.js";

const GIVE_UP_MS = 30_000; // Telegram's own clients stop turning after about as long

export class Presses extends EventTarget {
  /** @type {Map<string, true>} */ #turning = new Map();
  /** @type {Map<string, {key: string, phone: any}>} by callback query id */ #waiting = new Map();
  /** @type {Set<string>} presses the server has not taken yet */ #asking = new Set();
  /** @type {Map<string, any>} answers that overtook the reply to the press itself */ #early = new Map();

  isTurning(chatId, messageId, data) {
    return this.#turning.has(keyOf(chatId, messageId, data));
  }

  async press(phone, chatId, messageId, data) {
    const key = keyOf(chatId, messageId, data);
    if (this.#turning.has(key)) return;
    const asker = askerOf(chatId, phone.me);
    this.#turn(key, chatId);
    this.#asking.add(asker);
    try {
      const { callback_query_id: id } = await api.press({ chat_id: chatId, message_id: messageId, user_id: phone.me, data });
      this.#waiting.set(id, { key, phone });
      const early = this.#early.get(id);
      if (early) this.receive(early);
      else setTimeout(() => this.#giveUp(id, chatId), GIVE_UP_MS);
    } catch (error) {
      this.#stop(key, chatId);
      phone.toast(error.message);
    } finally {
      this.#asking.delete(asker);
    }
  }

  /** @returns {boolean} was the press made on this page? Then its phone shows the answer. */
  receive(answer) {
    const id = answer.callback_query_id;
    const press = this.#waiting.get(id);
    if (!press) {
      const ours = this.#asking.has(askerOf(answer.chat_id, answer.user_id));
      if (ours) this.#early.set(id, answer);
      return ours;
    }
    this.#waiting.delete(id);
    this.#early.delete(id);
    this.#stop(press.key, answer.chat_id);
    press.phone.answered(answer);
    return true;
  }

  #giveUp(id, chatId) {
    const press = this.#waiting.get(id);
    if (!press) return;
    this.#waiting.delete(id);
    this.#stop(press.key, chatId);
    press.phone.toast("机器人没有回应");
  }

  #turn(key, chatId) {
    this.#turning.set(key, true);
    this.#changed(chatId);
  }

  #stop(key, chatId) {
    this.#turning.delete(key);
    this.#changed(chatId);
  }

  #changed(chatId) {
    this.dispatchEvent(new CustomEvent("change", { detail: { chatId } }));
  }
}

const askerOf = (chatId, userId) => `${chatId}:${userId}`;
const keyOf = (chatId, messageId, data) => JSON.stringify([chatId, messageId, data]);
