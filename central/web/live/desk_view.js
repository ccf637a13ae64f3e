// How the desk looks. It is told what is so and says which key was pressed; it knows no rule.
import { element, fill, icon } from "./dom.js";
import { clock, minutes, now, office, priorityName, serviceName, words } from "./page.js";

const ROWS = 8;
const UNDO_SECONDS = 10;
const KEPT_BACK = ["not_yet", "person_busy"];

/** Acts with their keys; letters stay free: a Vietnamese input method is on. */
const ACTS = [
  { name: "recall", mark: "bell", key: "F2" },
  { name: "no_show", mark: "close", key: "F3" },
  { name: "transfer", mark: "transfer", key: "F4" },
  { name: "hold", mark: "pause", key: "F5" },
  { name: "papers", mark: "ticket", key: "F6" },
];
const QUIET = [
  { name: "other", key: "F9" },
  { name: "undo", key: null },
  { name: "finish", key: null },
];
const START = { name: "start", mark: "next", key: "F8" };

export class DeskView {
  #acts;
  #keys = new Map();
  #state = null;
  #going = { busy: false, pressed: new Set() };
  #parts = {};

  constructor(number, officer, acts) {
    this.#acts = acts;
    const part = (name, tag, attributes = {}) => (this.#parts[name] = element(tag, { ...attributes, class: name }));
    const key = (act) => this.#key(act);
    const header = element(
      "header",
      { class: "top" },
      icon(`mark-${office.profile}`),
      element("strong", {}, words("counter", { n: number })),
      part("fields", "span"),
      element("span", { class: "officer" }, officer),
      part("time", "time"),
      element("button", { class: "key quiet", type: "button", onclick: acts.change }, words("change_counter")),
      element("button", { class: "key quiet", type: "button", onclick: acts.signOut }, words("sign_out")),
    );
    const large = element(
      "button",
      { class: "key filled large", type: "button", "data-act": "next", onclick: () => this.#press("next") },
      icon("next"),
      part("next", "span"),
      element("kbd", {}, "Enter"),
    );
    this.#keys.set("next", large);
    const main = element(
      "main",
      {},
      element("div", { class: "line" }, part("doing", "p"), part("chip", "p"), key(START)),
      part("number", "p", { "aria-live": "polite" }),
      part("marks", "p"),
      part("facts", "dl"),
      element("div", { class: "acts" }, ...ACTS.map(key)),
      element("div", { class: "quiets" }, ...QUIET.map(key)),
      part("said", "p", { role: "status" }),
      part("question", "div", { role: "alert", hidden: true }),
      large,
    );
    fill(
      this.#parts.question,
      part("asked", "p"),
      element("button", { class: "key", type: "button", "data-act": "still", onclick: acts.still }, words("still_serving")),
      element("button", { class: "key", type: "button", onclick: () => this.#press("finish") }, words("finish")),
    );
    this.root = element("div", { class: "desk" }, header, part("line-up", "aside"), main, part("others", "aside"));
    // A key that was clicked lets go of the focus: Enter is the large key again.
    const letGo = (event) => event.detail > 0 && event.target.closest("button")?.blur();
    this.root.addEventListener("click", letGo, { capture: true });
  }

  /** Show the counter as central told it; `going` says whether an act goes on, and what was just pressed. */
  draw(state, counters, going) {
    this.#state = state;
    this.#going = going;
    const { current, waiting, services } = state;
    const parts = this.#parts;
    parts.fields.textContent = services.map(serviceName).join(", ");
    const doing = current && words(current.state === "serving" ? "serving" : "calling");
    parts.doing.textContent = current ? `${doing} · ${serviceName(current.service)}` : words("free");
    parts.number.textContent = current ? current.number : "–";
    parts.number.classList.toggle("long", (current?.number.length ?? 0) > 4);
    fill(parts.marks, ...marks(current));
    fill(parts.facts, ...facts(current));
    parts.next.textContent = words(nextWords(current, waiting));
    fill(parts["line-up"], ...lineUp(waiting, state.priority_ratio));
    fill(parts.others, ...others(counters, state.counter));
    this.#enable();
  }

  /** What changes by the second. */
  tick(question) {
    const { time, chip, asked, question: notice } = this.#parts;
    time.textContent = clock(now());
    const current = this.#state?.current;
    const since = Date.parse(current?.started_at ?? current?.called_at);
    const lasted = Number.isNaN(since) ? 0 : Math.max(0, Math.floor((now() - since) / 1000));
    chip.hidden = !current;
    const facts = { minutes: Math.floor(lasted / 60), seconds: lasted % 60 };
    if (current) fill(chip, icon("clock"), words(current.started_at ? "served_for" : "called_for", facts));
    if (question) asked.textContent = words("still_question", { number: current.number, n: facts.minutes });
    notice.hidden = !question;
    this.#enable();
  }

  /** A line for the officer. */
  say(text) {
    this.#parts.said.textContent = text;
  }

  /** A key of the keyboard; Enter is the large key unless somebody walked to another one with Tab. */
  pressed(event) {
    if (event.repeat || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const act = [...ACTS, ...QUIET, START].find(({ key }) => key === event.key);
    const walked = document.activeElement?.matches("button:focus-visible, a:focus-visible");
    if (event.key !== "Enter" && !act) return;
    if (event.key === "Enter" && walked) return;
    event.preventDefault(); // F3, F5 and F6 mean something to a browser
    this.#press(act?.name ?? "next");
  }

  #press(name) {
    const key = this.#keys.get(name);
    if (!key.disabled && key.ariaBusy !== "true") this.#acts[name]();
  }

  #key({ name, mark, key }) {
    const content = [mark && icon(mark), element("span", {}, words(`act_${name}`)), key && element("kbd", {}, key)];
    const attributes = { class: "key", type: "button", "data-act": name, onclick: () => this.#press(name) };
    const made = element("button", attributes, ...content);
    this.#keys.set(name, made);
    return made;
  }

  #enable() {
    const current = this.#state?.current;
    const called = current?.state === "called";
    const left = undoSeconds(this.#state);
    for (const [name, key] of this.#keys) {
      const can = { next: true, other: true, undo: left > 0, recall: called, no_show: called, start: called };
      const needs = can[name] ?? Boolean(current);
      key.disabled = this.#state === null || !needs;
      key.ariaBusy = this.#going.busy || this.#going.pressed.has(name) ? "true" : "false";
    }
    this.#keys.get("start").hidden = !called;
    const undo = left > 0 ? words("act_undo_left", { n: left }) : words("act_undo");
    this.#keys.get("undo").firstElementChild.textContent = undo;
  }
}

function undoSeconds(state) {
  if (!state?.undo_until) return 0;
  return Math.min(UNDO_SECONDS, Math.max(0, Math.ceil((Date.parse(state.undo_until) - now()) / 1000)));
}

function nextWords(current, waiting) {
  const ready = waiting.some(({ reason_order: why }) => !KEPT_BACK.includes(why));
  if (current) return ready ? "finish_and_next" : "finish_only";
  return "next";
}

function marks(current) {
  if (!current) return [];
  const priority = current.priority && words(current.priority_proven ? "proven" : "said", { name: priorityName(current.priority) });
  return [
    priority && element("span", { class: "mark" }, icon("star"), priority),
    current.on_behalf && element("span", { class: "mark" }, words("on_behalf")),
    current.procedure && element("span", { class: "mark" }, words("procedure", { code: current.procedure })),
  ];
}

function facts(current) {
  if (!current) return [];
  const told = [
    ["came_at", current.called_at ? clock(Date.parse(current.called_at) - current.waited_seconds * 1000) : "–"],
    ["waited", minutes(current.waited_seconds)],
    ["method", words(`method_${current.method}`)],
    ["calls", words("times", { n: current.calls })],
  ];
  return told.map(([key, value]) => element("div", {}, element("dt", {}, words(key)), element("dd", {}, value)));
}

function lineUp(waiting, [first, others]) {
  const head = [element("strong", {}, words("line_up")), element("span", {}, words("waiting", { n: waiting.length }))];
  const rows = waiting.slice(0, ROWS).map(row);
  const more = waiting.length - rows.length;
  return [
    element("h2", {}, ...head),
    element("ol", {}, ...rows),
    more > 0 && element("p", { class: "more" }, words("more", { n: more })),
    element("p", { class: "more" }, words("ratio", { first, others })),
  ];
}

function row(ticket) {
  const kind = ticket.priority ? [icon("star"), priorityName(ticket.priority)] : [words("ordinary")];
  const why = words(`reason_${ticket.reason_order}`, {}, "");
  return element(
    "li",
    {},
    element("strong", {}, ticket.number),
    element("span", { class: ticket.priority ? "kind first" : "kind" }, ...kind),
    element("span", { class: "waited" }, minutes(ticket.waited_seconds)),
    why !== "" && element("span", { class: "why" }, why),
  );
}

function others(counters, own) {
  const rows = counters.map(({ counter, serving }) =>
    element(
      "li",
      { class: counter === own ? "own" : null },
      element("strong", {}, words("counter", { n: counter })),
      element("span", {}, serving?.number ?? "–"),
    ),
  );
  return [element("h2", {}, element("strong", {}, words("counters"))), element("ul", {}, ...rows)];
}
