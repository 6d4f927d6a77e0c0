/** The bar on top: what this is, what time it is there, and the jump to the next due moment. */
import * as api from "./api.js";
import { button, el } from "./dom.js";
import { icon } from "./icons.js";

const QUIET_MS = 800; // after a burst of events one look is enough

export class Topbar {
  #due = null;
  #timer = 0;
  #busy = false;
  #news = [];

  /** @param {any} app @param {{onDrawer: () => void, onNews: (config: any) => void}} listeners */
  constructor(app, { onDrawer, onNews }) {
    this.app = app;
    this.title = el("h1", {});
    this.clock = el("time", { class: "big-clock", "aria-label": "演示时间" });
    this.jumpFace = el("span", {});
    this.jumpKey = button(this.jumpFace, () => this.#jump(), { class: "jump", hidden: true });
    this.newsFace = el("span", {});
    this.newsKey = button(this.newsFace, () => onNews(this.#news[0].config), { class: "news", hidden: true, title: "放到最右边的手机上" });
    this.note = el("span", { class: "jump-note", role: "status" });
    this.drawerKey = button(el("span", {}, icon("code"), "技术视图"), onDrawer, { class: "quiet", "aria-expanded": "false", "aria-controls": "drawer" });
    document.getElementById("topbar").append(el("span", { class: "shield", "aria-hidden": "true" }, "安"), this.title,
      el("span", { class: "sandbox-badge" }, "沙盒演练"), el("span", { class: "space" }), this.newsKey, this.note, this.jumpKey, this.clock, this.drawerKey);
  }

  configure() {
    const { title = "演示" } = this.app.config;
    this.title.textContent = title;
    document.title = title;
    this.tick();
    this.lookAhead();
  }

  tick() {
    const { clock } = this.app;
    const now = clock.shown(clock.now());
    this.clock.textContent = clock.format(now);
    if (this.#due && now > new Date(this.#due)) { // it came by itself
      this.#due = null;
      this.lookAhead();
    }
  }

  /** One calm line for all phones not shown; pressing it brings the first of them. */
  tellNews(news) {
    this.#news = news;
    this.newsKey.hidden = news.length === 0;
    if (!news.length) return;
    const [{ config, count }] = news;
    const face = news.length > 1 ? `${config.title} 等 ${news.length} 部手机有新消息` : `${config.title} ${count} 条新消息`;
    if (this.newsFace.textContent !== face) this.newsFace.replaceChildren(el("i", { class: "dot", "aria-hidden": "true" }), face);
  }

  /** Something happened, so the next due moment may be another. Pushed events lead here; nothing is asked by the clock. */
  lookAhead() {
    const { jump_url: jumpUrl, next_due_url: dueUrl } = this.app.config;
    this.jumpKey.hidden = !jumpUrl || !dueUrl;
    if (this.jumpKey.hidden) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), QUIET_MS);
  }

  async #ask() {
    const answer = await api.nextDue(this.app.config.next_due_url).catch((error) => ({ error }));
    this.#due = answer.next_due ?? null;
    if (answer.error) this.note.textContent = "演练时钟没有回应";
    this.#face();
  }

  #face() {
    const when = this.#due && this.app.clock.timeFormat.format(new Date(this.#due));
    this.jumpFace.replaceChildren(icon("skip"), this.#busy ? "快进中…" : when ? `下一个时刻 ${when}` : "下一个时刻");
    this.jumpKey.disabled = this.#busy || !this.#due;
    this.jumpKey.title = this.#due ? `快进到 ${this.app.clock.format(new Date(this.#due))}` : "没有等着到点的事";
  }

  async #jump() {
    this.#working(true);
    await this.#ask(); // the moment on the button may have passed meanwhile
    const answer = this.#due ? await this.#turnTo(this.#due).catch((error) => ({ error })) : {};
    if (answer.error) this.note.textContent = answer.error.message;
    else if (answer.now) this.note.textContent = `已到 ${this.app.clock.format(new Date(answer.now))}`;
    this.#working(false);
    this.lookAhead();
  }

  #turnTo(due) {
    const url = new URL(this.app.config.jump_url, location.href);
    url.searchParams.set("to", due);
    this.app.clock.willJump();
    return api.jump(url.href);
  }

  #working(busy) {
    this.#busy = busy;
    this.jumpKey.classList.toggle("turning", busy);
    this.#face();
  }
}
