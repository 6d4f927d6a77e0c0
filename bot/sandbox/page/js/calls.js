/** "Technical view": what the bot asked of the Bot API, refused calls in red. */
import * as api from "./api.js";
import { button, el } from "./dom.js";
import { icon } from "./icons.js";

const MOST = 300; // older ones are in the server's record
const QUIET_MS = 250;

export class CallLog {
  #node = document.getElementById("drawer");
  #since = 0;
  #timer = 0;

  /** @param {any} app @param {(open: boolean) => void} onToggle */
  constructor(app, onToggle) {
    this.app = app;
    this.onToggle = onToggle;
    this.list = el("ol", { class: "calls" });
    this.refusedOnly = el("input", { type: "checkbox", on: { change: () => this.#filter() } });
    this.polling = el("input", { type: "checkbox", on: { change: () => this.#filter() } });
    this.#node.append(el("header", {}, el("h2", {}, "Bot API 调用"), button(icon("close"), () => this.toggle(), { class: "round-button", "aria-label": "关闭技术视图" })),
      el("div", { class: "filters" }, el("label", {}, this.refusedOnly, "只看被拒绝的"), el("label", {}, this.polling, "显示 getUpdates"),
        button("刷新", () => this.#read(), { class: "secondary" })), this.list);
    this.#filter();
  }

  get open() { return !this.#node.hidden; }

  toggle() {
    this.#node.hidden = this.open;
    document.body.classList.toggle("with-drawer", this.open);
    this.onToggle(this.open);
    if (this.open) this.#read();
  }

  /** An event was pushed: there were calls around it. */
  nudge() {
    if (!this.open) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), QUIET_MS);
  }

  async #read() {
    const { calls } = await api.calls(this.#since).catch(() => ({ calls: [] }));
    for (const call of calls.filter(({ n }) => n > this.#since)) { // two looks may have met
      this.list.prepend(this.#line(call));
      this.#since = call.n;
    }
    while (this.list.childElementCount > MOST) this.list.lastElementChild.remove();
  }

  #line(call) {
    const { clock } = this.app;
    const said = call.ok ? "" : call.error?.description ?? "无答复";
    const classes = ["call", !call.ok && "refused", call.method === "getUpdates" && "polling"].filter(Boolean).join(" ");
    return el("li", { class: classes }, el("details", {},
      el("summary", {}, el("time", {}, clock.time(call.at)), el("b", {}, call.method), el("span", {}, String(call.params?.chat_id ?? "")), said && el("em", {}, said)),
      el("pre", {}, JSON.stringify({ params: call.params, ...(call.ok ? { result: call.result } : { error: call.error }) }, null, 2))));
  }

  #filter() {
    this.list.classList.toggle("refused-only", this.refusedOnly.checked);
    this.list.classList.toggle("no-polling", !this.polling.checked);
  }
}
