// Which call the board shows, and for how long: one after another, each for ten seconds at least. No page, no clock of
// its own: time is given, so that the order can be told without waiting.
export const DWELL_MS = 10000;
const EARLIER = 4;
const TOO_OLD_MS = 120000;

export class Calls {
  #pending = [];
  #shown = []; // newest first; the first is the one on the left
  #since = -Infinity;

  /** The call on the left; null before the first of the day. */
  get current() {
    return this.#shown[0] ?? null;
  }

  /** The calls before it. */
  get earlier() {
    return this.#shown.slice(1, 1 + EARLIER);
  }

  /** What central has filed, newest first: for a board that was just switched on, and for what changed meanwhile. */
  filed(calls) {
    if (calls.length === 0) return this.#forget();
    const newest = Math.max(0, ...[...this.#shown, ...this.#pending].map((call) => call.at));
    if (this.#shown.length === 0 && this.#pending.length === 0) this.#shown = [...calls];
    else this.#shown = [...this.#shown, ...calls.filter((call) => call.at < newest && !this.#knows(call.number))];
    this.#shown.splice(1 + EARLIER);
    return undefined;
  }

  /** Somebody was called; a call that comes long after, when the line was cut, is for the list and not for the ear. */
  called(call, now) {
    if (now - call.at > TOO_OLD_MS) this.#put(call, this.current === null ? 0 : 1);
    else this.#pending.push(call);
  }

  /** A call that no longer holds: undone, or taken back. */
  withdrawn(number) {
    this.#pending = this.#pending.filter((call) => call.number !== number);
    if (this.current?.number === number) this.#since = -Infinity;
    this.#shown = this.#shown.filter((call) => call.number !== number);
  }

  /** Time passes; answers the call that takes the left now, or null. */
  advance(now) {
    if (this.#pending.length === 0 || now - this.#since < DWELL_MS) return null;
    const call = this.#pending.shift();
    this.#put(call, 0);
    this.#since = now;
    return call;
  }

  #knows(number) {
    return [...this.#shown, ...this.#pending].some((call) => call.number === number);
  }

  #put(call, place) {
    this.#shown = this.#shown.filter(({ number }) => number !== call.number);
    this.#shown.splice(place, 0, call);
    this.#shown.splice(1 + EARLIER);
  }

  #forget() {
    if (this.#pending.length === 0) this.#shown = [];
  }
}
