/** Inline buttons pressed and not yet answered. The button turns until the bot answers, as it does in Telegram. */
import * as api from "./api.js";

const GIVE_UP_MS = 30_000; // Telegram's own clients stop turning after about as long

export class Presses extends EventTarget {
  /** @type {Map<string, true>} */ #turning = new Map();
  /** @type {Map<string, {key: string, phone: any}>} by callback query id */ #waiting = new Map();
  /** @type {Map<string, any>} answers that overtook the reply to the press itself */ #early = new Map();

  isTurning(chatId, messageId, data) {
    return this.#turning.has(keyOf(chatId, messageId, data));
  }

  async press(phone, chatId, messageId, data) {
    const key = keyOf(chatId, messageId, data);
    if (this.#turning.has(key)) return;
    this.#turn(key, chatId);
    try {
      const { callback_query_id: id } = await api.press({ chat_id: chatId, message_id: messageId, user_id: phone.me, data });
      this.#waiting.set(id, { key, phone });
      const early = this.#early.get(id);
      if (early) this.receive(early);
      else setTimeout(() => this.#giveUp(id, chatId), GIVE_UP_MS);
    } catch (error) {
      this.#stop(key, chatId);
      phone.toast(error.message);
    }
  }

  /** @returns {any|null} the phone that pressed, if the press was made on this page */
  receive(answer) {
    const id = answer.callback_query_id;
    const press = this.#waiting.get(id);
    if (!press) {
      this.#early.set(id, answer);
      return null;
    }
    this.#waiting.delete(id);
    this.#early.delete(id);
    this.#stop(press.key, answer.chat_id);
    press.phone.answered(answer);
    return press.phone;
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

const keyOf = (chatId, messageId, data) => JSON.stringify([chatId, messageId, data]);
