/** The lower part of a phone: who speaks, what is said, what it answers. */
import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { replyKeyboard } from "./markup.js";
import { senderOf, summaryOf } from "./message.js";

export class Composer {
  /** @type {{mode: "reply"|"edit", message: any}|null} */ #about = null;
  #keyboardSign = "null";
  #keyboardOpen = true;

  /** @param {import("./phone.js").Phone} phone */
  constructor(phone) {
    this.phone = phone;
    this.input = el("textarea", { rows: 1, placeholder: "说点什么…", "aria-label": "消息", on: { keydown: (event) => this.#key(event), input: () => this.#typed() } });
    this.sendKey = button(icon("send"), () => this.#submit(), { class: "tool send", "aria-label": "发送", title: "发送", hidden: true });
    this.voiceKey = button(icon("mic"), () => phone.say({ voice: true }), { class: "tool", "aria-label": "发送语音", title: "发送语音(占位)" });
    this.keyboardKey = button(icon("keyboard"), () => this.#toggleKeyboard(), { class: "tool", "aria-label": "回复键盘", title: "显示或收起键盘", hidden: true });
    this.bar = el("div", { class: "about", hidden: true });
    this.samples = el("div", { class: "samples", hidden: true });
    this.keyboard = el("div", { class: "keyboard-slot" });
    this.speaker = el("label", { class: "speaker" });
    this.node = el("footer", { class: "composer" }, this.samples, this.bar, this.speaker,
      el("div", { class: "compose-line" },
        button(icon("camera"), () => phone.sendPhotos(), { class: "tool", "aria-label": "发送照片", title: "发送照片" }),
        button(icon("pin"), () => phone.sendPlace(), { class: "tool", "aria-label": "发送位置", title: "发送位置" }),
        this.input, this.keyboardKey, this.voiceKey, this.sendKey),
      this.keyboard);
  }

  /** Speakers and samples of the phone now shown. */
  setUp() {
    const { speakers = [], samples = [] } = this.phone.config;
    const choice = el("select", { "aria-label": "发言人", on: { change: () => this.phone.speak(Number(choice.value)) } },
      ...speakers.map(({ user_id: id, name }) => el("option", { value: id, selected: id === this.phone.me }, name)));
    this.speaker.replaceChildren("发言人", choice);
    this.speaker.hidden = speakers.length < 2;
    this.samples.replaceChildren(...sampleChips(samples, (text) => this.phone.say({ text })));
    this.samples.hidden = samples.length === 0;
    this.cancel();
  }

  /** @param {any} markup what /messages gave as this viewer's reply keyboard */
  setKeyboard(markup) {
    const sign = JSON.stringify([this.phone.chatId, this.phone.me, markup ?? null]);
    if (sign === this.#keyboardSign) return;
    this.#keyboardSign = sign;
    this.#keyboardOpen = true;
    if (markup?.force_reply) this.phone.forced(markup);
    const rows = markup?.keyboard?.length ? [replyKeyboard(markup, (key) => this.#pressed(key, markup))] : [];
    this.keyboard.replaceChildren(...rows);
    if (markup?.keyboard) this.input.placeholder = markup.input_field_placeholder ?? "说点什么…";
    this.#showKeyboard();
  }

  reply(message, { placeholder = "写回复…", focus = true } = {}) {
    this.#setAbout("reply", message, `回复 ${senderOf(message).name}`, focus);
    this.input.placeholder = placeholder;
  }

  edit(message) {
    this.#setAbout("edit", message, "编辑消息");
    this.input.value = message.text;
    this.#typed();
  }

  cancel() {
    if (this.#about?.mode === "edit") this.input.value = "";
    this.#about = null;
    this.bar.hidden = true;
    this.input.placeholder = "说点什么…";
    this.#typed();
  }

  /** The reply target, taken once: the next message of any kind answers it. */
  takeReply() {
    const id = this.#about?.mode === "reply" ? this.#about.message.message_id : null;
    if (id) this.cancel();
    return id ? { reply_to_message_id: id } : {};
  }

  #setAbout(mode, message, title, focus = true) {
    this.#about = { mode, message };
    this.bar.replaceChildren(el("div", {}, el("b", {}, title), el("span", {}, summaryOf(message))),
      button(icon("close"), () => this.cancel(), { class: "tool", "aria-label": "取消" }));
    this.bar.hidden = false;
    if (focus) this.input.focus({ preventScroll: true });
  }

  #key(event) {
    // While a Chinese input method composes, Enter chooses a word and must not send half a sentence.
    if (event.isComposing) return;
    if (event.key === "Escape") this.cancel();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const editing = this.#about?.mode === "edit" ? this.#about.message : null;
    this.input.value = "";
    if (editing) {
      this.cancel();
      this.phone.editText(editing, text);
    } else this.phone.say({ text }).then((sent) => { if (!sent) this.input.value ||= text; });
    this.#typed();
  }

  #typed() {
    const full = this.input.value.trim() !== "";
    this.sendKey.hidden = !full;
    this.voiceKey.hidden = full;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 96)}px`;
  }

  #pressed(key, markup) {
    if (key.request_location) this.phone.sendPlace({ asked: true });
    else if (key.request_contact) this.phone.sendContact();
    else this.phone.say({ text: key.text });
    if (markup.one_time_keyboard) this.#toggleKeyboard();
  }

  #toggleKeyboard() {
    this.#keyboardOpen = !this.#keyboardOpen;
    this.#showKeyboard();
  }

  #showKeyboard() {
    const any = this.keyboard.childElementCount > 0;
    this.keyboardKey.hidden = !any;
    this.keyboardKey.setAttribute("aria-expanded", String(any && this.#keyboardOpen));
    this.keyboard.hidden = !any || !this.#keyboardOpen;
  }
}

/** One line of chips; "⌄" unfolds them all, since long sentences are cut in the line. */
function sampleChips(samples, onChoose) {
  if (!samples.length) return [];
  const line = el("div", { class: "sample-line" }, ...samples.map((text) => button(text, () => onChoose(text), { class: "sample", title: text })));
  const unfold = button(icon("more"), () => {
    const open = line.classList.toggle("open");
    unfold.setAttribute("aria-expanded", String(open));
  }, { class: "unfold", "aria-label": "展开例句", "aria-expanded": "false" });
  return [line, unfold];
}
