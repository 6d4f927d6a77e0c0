/** The scrolling list of one phone: rows, grouping, dates, and the "new messages" chip. */
import { bubbleRow, dayLine, serviceLine } from "./bubble.js";
import { button, el, reconcile } from "./dom.js";
import { senderOf, serviceText } from "./message.js";

const NEAR_BOTTOM_PX = 70;
const SAME_RUN_S = 600; // later messages of the same person start a new group

export class Thread {
  /** @type {Map<string, {sign: string, node: HTMLElement}>} rows that need no new drawing */ #drawn = new Map();
  #chatId = null;
  #following = true;
  #top = 0;

  /** @param {import("./phone.js").Phone} phone */
  constructor(phone) {
    this.phone = phone;
    this.list = el("div", { class: "list", role: "log", "aria-label": "聊天记录", tabindex: "0", on: {
      scroll: () => this.#scrolled(), click: (event) => this.#command(event) ?? this.#link(event), keydown: (event) => event.key === "Enter" && this.#command(event),
    } });
    this.chip = button("", () => this.toBottom(true), { class: "chip", hidden: true });
    this.rows = el("div", {});
    this.list.append(this.rows);
    this.node = el("div", { class: "thread" }, this.list, this.chip);
    // Keyboards that open below and pictures that grow must not hide the last message.
    const sizes = new ResizeObserver(() => this.#following && this.toBottom());
    sizes.observe(this.list);
    sizes.observe(this.rows);
  }

  render() {
    const { store, clock } = this.phone.app;
    const chatId = this.phone.chatId;
    const fresh = chatId !== this.#chatId;
    this.#chatId = chatId;
    if (fresh) this.#following = true;
    const rows = this.#rows(store.messages(chatId), store.state(chatId), clock);
    reconcile(this.rows, rows.length ? rows.map((row) => this.#node(row)) : [this.#node(emptyRow)]);
    this.#forget(rows);
    if (this.#following) this.toBottom();
    this.#count();
  }

  toBottom(smooth = false) {
    this.#following = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.phone.app.store.seen(this.phone.chatId);
  }

  goTo(messageId) {
    const row = this.list.querySelector(`[data-message="${Number(messageId)}"]`);
    if (!row) return this.phone.toast("这条消息不在这里了");
    this.#following = false;
    row.scrollIntoView({ block: "center", behavior: "smooth" });
    row.classList.remove("found");
    requestAnimationFrame(() => row.classList.add("found"));
  }

  /** Messages -> rows with a signature; the same signature means the same picture. */
  #rows(messages, state, clock) {
    const context = { me: this.phone.me, group: this.phone.isGroup, presses: this.phone.app.presses, state, version: clock.version };
    const out = [];
    let day = null;
    for (const run of albums(messages)) {
      const today = clock.day(run[0].at);
      if (today !== day) out.push({ key: `day ${today}`, sign: today, make: () => dayLine(today) });
      day = today;
      out.push(messageRow(run, context));
    }
    return joinRuns(out).map((row) => ({ ...row, make: row.make ?? (() => bubbleRow(row.row, this.phone)) }));
  }

  #node({ key, sign, make }) {
    const old = this.#drawn.get(key);
    if (old?.sign === sign) return old.node;
    const node = make();
    this.#drawn.set(key, { sign, node });
    return node;
  }

  #forget(rows) {
    const keys = new Set(rows.map(({ key }) => key));
    for (const key of this.#drawn.keys()) if (!keys.has(key)) this.#drawn.delete(key);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    // Only a move upwards is a wish to read: rows that came since the last frame are not.
    if (near || scrollTop < this.#top) this.#following = near;
    this.#top = scrollTop;
    if (near) this.phone.app.store.seen(this.phone.chatId);
    this.#count();
  }

  /** A /command in a text is sent when pressed. */
  #command({ target }) {
    const command = target.closest?.(".bot_command");
    if (command) return this.phone.say({ text: command.textContent });
  }

  /** Links in words go the same way as links on buttons: one that starts the bot stays inside the page. */
  #link(event) {
    const link = event.target.closest?.(".words a[href]");
    if (!link) return;
    event.preventDefault();
    this.phone.openLink(link.href);
  }

  #count() {
    const news = this.phone.app.store.unread(this.phone.chatId, this.phone.me);
    this.chip.hidden = this.#following;
    this.chip.textContent = news ? `↓ ${news} 条新消息` : "↓";
    this.chip.setAttribute("aria-label", news ? `${news} 条新消息,到底部` : "到底部");
  }
}

const emptyRow = { key: "empty", sign: "", make: () => el("div", { class: "empty" }, "还没有消息") };

/** Neighbours of one media group become one run. */
function albums(messages) {
  const runs = [];
  for (const message of messages) {
    const group = message.media_group_id;
    if (group && runs.at(-1)?.[0].media_group_id === group) runs.at(-1).push(message);
    else runs.push([message]);
  }
  return runs;
}

function messageRow(messages, { me, group, presses, state, version }) {
  const [head] = messages;
  const key = `m ${head.message_id}`;
  const service = serviceText(head);
  if (service) return { key, sign: service, make: () => serviceLine(head) };
  const { id, bot } = senderOf(head);
  const own = id === me && !bot;
  const turning = callbacks(head).filter((data) => presses.isTurning(head.chat?.id ?? 0, head.message_id, data));
  const flash = state.flash.get(head.message_id) ?? 0;
  const row = { messages, own, group, first: true, last: true, flash };
  return { key, sender: id, row, facts: [messages, own, group, turning, flash, version, me] };
}

const callbacks = (message) => (message.reply_markup?.inline_keyboard ?? []).flat().map((b) => b.callback_data).filter(Boolean);

/** Mark where a person's run begins and ends: name on the first, avatar and tail on the last. */
function joinRuns(rows) {
  rows.forEach((item, index) => {
    if (!item.row) return;
    item.row.first = !sameRun(rows[index - 1], item);
    item.row.last = !sameRun(item, rows[index + 1]);
    item.sign = JSON.stringify([...item.facts, item.row.first, item.row.last]);
  });
  return rows;
}

const sameRun = (one, two) => Boolean(one?.row && two?.row) && one.sender === two.sender
  && two.row.messages[0].date - one.row.messages.at(-1).date < SAME_RUN_S;
