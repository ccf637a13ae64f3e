// The desk: what an officer does at a counter. It holds no rule of the queue: it asks central, and draws the answer.
import { Away, Refused } from "./client.js";
import { askHold, askNoShow, askNumber, askTransfer } from "./dialogs.js";
import { DeskView } from "./desk_view.js";
import { notBefore, now, ofOffice, words } from "./page.js";
import { listen } from "./stream.js";

const SAME_PRESS_MS = 500;
const RENEW_MS = 30000;
const LONG_MS = 30 * 60000;
const TOGETHER_MS = 150;

/** Open a desk in place of what is shown; answers a function that closes it. */
export function openDesk(parts) {
  const desk = new Desk(parts);
  desk.open();
  return () => desk.close();
}

class Desk {
  #parts;
  #view;
  #state = null;
  #counters = [];
  #busy = false;
  #pressed = new Set(); // acts that were just pressed: the same again so soon is a slip of the finger
  #asked = new Map(); // ticket_id -> when we last asked whether it is still being served
  #renewing = null;
  #timers = [];
  #stop = new AbortController();

  constructor(parts) {
    this.#parts = parts;
    const acts = {
      next: () => this.#next(),
      recall: () => this.#act("recall", this.#ticket()),
      start: () => this.#act("start", this.#ticket()),
      finish: () => this.#act("finish", this.#ticket()),
      no_show: () => this.#noShow(),
      transfer: () => this.#asking(askTransfer, "transfer"),
      hold: () => this.#asking(askHold, "hold"),
      papers: () => this.#act("hold", { ...this.#ticket(), reason: "papers" }),
      other: () => this.#other(),
      undo: () => this.#act("undo", {}),
      still: () => this.#still(),
      change: parts.change,
      signOut: parts.signOut,
    };
    this.#view = new DeskView(parts.number, parts.who.name, acts);
  }

  open() {
    this.#parts.show(this.#view.root);
    this.#timers.push(setInterval(() => this.#tick(), 1000), setInterval(() => this.#soon(), RENEW_MS));
    document.addEventListener("keydown", (event) => this.#view.pressed(event), { signal: this.#stop.signal });
    listen(ofOffice("queue/events"), {
      signal: this.#stop.signal,
      opened: () => this.#soon(),
      heard: (kind, data) => this.#heard(kind, data),
      lost: () => this.#parts.online(false),
    });
    this.#soon();
  }

  close() {
    this.#stop.abort();
    this.#timers.forEach(clearInterval);
    clearTimeout(this.#renewing);
  }

  #heard(kind, data) {
    notBefore(data.at);
    if (kind === "services_changed") location.reload();
    this.#soon();
  }

  #ticket() {
    return { ticket_id: this.#state.current.ticket_id };
  }

  /** Read the counter anew, once for whatever happens at the same time. */
  #soon() {
    this.#renewing ??= setTimeout(() => this.#renew(), TOGETHER_MS);
  }

  async #renew() {
    this.#renewing = null;
    if (this.#busy) return; // what the act answers is newer
    try {
      const { client, number } = this.#parts;
      const [state, counters] = await Promise.all([client.counter(number), client.counters()]);
      if (this.#busy || this.#stop.signal.aborted) return;
      this.#state = state;
      this.#counters = counters;
      this.#parts.online(true);
      this.#draw();
    } catch (error) {
      this.#failed(error);
    }
  }

  #draw() {
    this.#view.draw(this.#state, this.#counters, { busy: this.#busy, pressed: this.#pressed });
    this.#tick();
  }

  #tick() {
    this.#view.tick(this.#question());
  }

  /** A ticket that has been served for so long may have been forgotten. */
  #question() {
    const current = this.#state?.current;
    if (!current?.started_at) return false;
    return now() - (this.#asked.get(current.ticket_id) ?? Date.parse(current.started_at)) >= LONG_MS;
  }

  #still() {
    this.#asked.set(this.#state.current.ticket_id, now());
    this.#tick();
  }

  #next() {
    this.#act("next", { current: this.#state?.current?.ticket_id ?? null });
  }

  /** A number is given up only after the office's number of calls. */
  #noShow() {
    const { current, calls_before_no_show: needed } = this.#state;
    if (current.calls >= needed) this.#asking(askNoShow, "no-show");
    else this.#view.say(words("called_too_seldom", { calls: current.calls, needed }));
  }

  #other() {
    const current = this.#state?.current;
    if (current) this.#view.say(words("counter_busy", { number: current.number }));
    else this.#asking(askNumber, "call");
  }

  async #asking(ask, name) {
    if (this.#busy || this.#state === null) return;
    const about = this.#state.current;
    const facts = await ask(this.#state, this.#counters);
    if (facts === null) return;
    // Confirmed in a dialog: no doubled press, also when the same act was done a moment ago.
    this.#pressed.delete(name);
    await this.#act(name, name === "call" ? facts : { ticket_id: about.ticket_id, ...facts });
  }

  async #act(name, facts) {
    if (this.#busy || this.#state === null || this.#pressed.has(name)) return;
    this.#busy = true;
    this.#rest(name);
    this.#view.say("");
    this.#draw();
    try {
      const answer = await this.#parts.client.act(this.#parts.number, name, facts, this.#stop.signal);
      if (name === "next" && !answer.called) this.#view.say(words("nobody_waits"));
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#busy = false;
    }
    if (!this.#stop.signal.aborted) await this.#renew();
  }

  #rest(name) {
    this.#pressed.add(name);
    setTimeout(() => {
      this.#pressed.delete(name);
      this.#draw();
    }, SAME_PRESS_MS);
  }

  #failed(error) {
    if (this.#stop.signal.aborted) return;
    if (error instanceof Away) this.#parts.online(false);
    else if (!(error instanceof Refused)) throw error;
    else if (error.status === 401) this.#parts.signedOut();
    else if (error.kind === "csrf") location.reload(); // another page of this browser signed in anew
    else this.#view.say(words(`refused_${error.kind}`, {}, "refused"));
  }
}
