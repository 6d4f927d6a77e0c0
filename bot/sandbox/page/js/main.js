/** Puts the page together: configuration, chats, pushed events, and the clock that ticks. */
import * as api from "./api.js";
import { CallLog } from "./calls.js";
import { Clock } from "./clock.js";
import { Desk } from "./desk.js";
import { connect } from "./events.js";
import { Presses } from "./presses.js";
import { Store } from "./store.js";
import { Topbar } from "./topbar.js";

const TICK_MS = 500;

const app = {
  config: { phones: [] },
  store: new Store(),
  clock: new Clock(),
  presses: new Presses(),
  get map() { return { areas: this.config.map?.areas ?? [], places: this.config.map?.places ?? [] }; },
};
const desk = new Desk(app, (news) => topbar.tellNews(news));
const calls = new CallLog(app, (open) => topbar.drawerKey.setAttribute("aria-expanded", String(open)));
const topbar = new Topbar(app, { onDrawer: () => calls.toggle(), onNews: (config) => desk.bring(config) });
const linkbar = document.getElementById("linkbar");

function configure(config) {
  app.config = config ?? {};
  app.clock.configure(config?.clock);
  desk.configure();
  topbar.configure();
}

function answered(event) {
  const pressedHere = app.presses.receive(event);
  if (!pressedHere) desk.phoneOf(event)?.overheard(event);
}

const RECEIVERS = {
  answer: answered,
  page: (event) => configure(event.page),
  clock: (event) => app.clock.sync(event.now),
};

function received(event) {
  (RECEIVERS[event.type] ?? ((other) => app.store.receive(other)))(event);
  topbar.lookAhead();
  calls.nudge();
}

async function begin() {
  app.store.addEventListener("change", ({ detail }) => desk.changed(detail.chatId, detail.message));
  app.store.addEventListener("typing", ({ detail }) => desk.changed(detail.chatId));
  app.presses.addEventListener("change", ({ detail }) => desk.changed(detail.chatId));
  app.clock.addEventListener("change", () => desk.refreshAll());
  setInterval(() => { topbar.tick(); desk.tick(); }, TICK_MS);
  connect({
    onEvent: received,
    onDown: () => { linkbar.hidden = false; },
    onUp: async () => {
      linkbar.hidden = true;
      app.clock.sync((await api.clock()).now);
      configure(await api.page());
      await app.store.reload();
    },
  });
}

begin();
