/** Real Unix seconds -> the time shown to people. The drill clock runs faster and jumps; phones show its time. */

const DAY = { month: "long", day: "numeric", weekday: "short" };
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export class Clock extends EventTarget {
  version = 0;
  #config = null;
  #jumps = [];
  #aheadSeconds = 0;
  #jumping = Infinity;

  constructor() {
    super();
    this.#formats();
  }

  /** @param {null|{start: string, speed: number, origin: number, jump: number, timezone: string,
   *                jumps?: {at: number, seconds: number}[]}} config */
  configure(config) {
    if (JSON.stringify(config ?? null) === JSON.stringify(this.#config)) return;
    this.#jumps = config?.jumps ?? this.#learnedJumps(config);
    this.#config = config ?? null;
    this.#formats();
    this.#changed();
  }

  /** The sandbox's own clock was advanced: `now` is its Unix time at this moment. */
  sync(now) {
    const ahead = now - Date.now() / 1000;
    if (Math.abs(ahead - this.#aheadSeconds) < 0.5) return;
    this.#aheadSeconds = ahead;
    this.#changed();
  }

  /** Unix seconds by the sandbox's clock. */
  now() {
    return Date.now() / 1000 + this.#aheadSeconds;
  }

  /** @param {number} unix seconds @returns {Date} the time to show */
  shown(unix) {
    if (!this.#config) return new Date(unix * 1000);
    const { start, speed, origin } = this.#config;
    // Dates of messages are cut to whole seconds. What is said at 07:40 sharp must not seem said at 07:39, before the jump there.
    const moment = Number.isInteger(unix) ? unix + 1 : unix;
    // Only jumps made before the message count: a jump must not move the past along with it.
    const jumped = this.#jumps.filter(({ at }) => at <= moment).reduce((sum, { seconds }) => sum + seconds, 0);
    return new Date(Date.parse(start) + (speed * (moment - origin) + jumped) * 1000);
  }

  time(unix) { return this.timeFormat.format(this.shown(unix)); }
  day(unix) { return this.dayFormat.format(this.shown(unix)); }
  format(date) { return `${this.dayFormat.format(date)} ${this.timeFormat.format(date)}`; }

  /** A config that only gives the sum of all jumps: what is there at first was always there, each growth happened now. */
  #learnedJumps(config) {
    const total = config?.jump ?? 0;
    const before = this.#config && config && this.#config.origin === config.origin ? this.#jumps : null;
    if (!before) return [{ at: -Infinity, seconds: total }];
    const known = before.reduce((sum, { seconds }) => sum + seconds, 0);
    if (total === known) return before;
    const at = Math.min(this.#jumping, this.now());
    this.#jumping = Infinity;
    return [...before, { at, seconds: total - known }];
  }

  /** This page asks for a jump now: what is sent from here on belongs behind it, though the sum is told a little later. */
  willJump() { this.#jumping = this.now(); }

  #formats() {
    const timeZone = this.#config?.timezone;
    this.timeFormat = new Intl.DateTimeFormat("zh-CN", { ...TIME, timeZone });
    this.dayFormat = new Intl.DateTimeFormat("zh-CN", { ...DAY, timeZone });
  }

  #changed() {
    this.version += 1;
    this.dispatchEvent(new Event("change"));
  }
}
