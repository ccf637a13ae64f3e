// The board of a waiting hall: numbers and counters, never who they belong to.
import { Calls } from "./calls.js";
import { Chime } from "./chime.js";
import { element, fill, icon } from "./dom.js";
import { clock, inLanguage, notBefore, now, office, ofOffice, words } from "./page.js";
import { listen } from "./stream.js";

const RENEW_MS = 30000;
const BEAT_MS = 250;
const TOGETHER_MS = 200;
const UNSEEN = 6;
const SERVICES = 10;
const AT_COUNTER = ["called", "serving"];

const calls = new Calls();
const chime = new Chime();
const parts = {};
const rooms = new Map(); // where a number is called to, in a hospital: events name counters only
let renewing = null;

function part(name, tag, attributes = {}, ...children) {
  parts[name] = element(tag, { ...attributes, class: name }, ...children);
  return parts[name];
}

function build() {
  const place = part("place", "p", {}, icon("next"), part("counter", "span"));
  const left = part("call", "section", { "aria-live": "assertive" }, icon("motif-drum"), part("invited", "h1"), part("number", "p"), place);
  const lines = element("p", {}, element("span", {}, office.line1), element("strong", {}, office.line2));
  const right = element(
    "section",
    { class: "side" },
    element("header", {}, lines, part("time", "time")),
    element("h2", {}, words("just_called")),
    part("earlier", "ol"),
    part("unseen", "p"),
    part("waiting", "div"),
  );
  const hint = part("hint", "p", { hidden: true }, icon("speaker"), words("chime_off"));
  const away = part("away", "p", { role: "status", hidden: true }, words("away"));
  fill(document.getElementById("page"), element("main", {}, left, right), hint, away);
}

/** Where to go: the room in a hospital, else the counter. */
function where(call) {
  const room = rooms.get(call.number);
  return room ? inLanguage(room) : words("counter", { n: call.counter });
}

function drawCalls() {
  const call = calls.current;
  parts.invited.textContent = words(call ? "invited" : "welcome");
  parts.number.textContent = call?.number ?? "";
  parts.counter.textContent = call ? where(call) : "";
  parts.place.hidden = call === null;
  const row = (earlier) => element("li", {}, element("strong", {}, earlier.number), element("span", {}, where(earlier)));
  fill(parts.earlier, ...calls.earlier.map(row));
  fit(parts.number);
  fit(parts.counter);
  for (const line of parts.earlier.querySelectorAll("strong, span")) fit(line);
}

/** Make a text that is too wide smaller: numbers are whole and never wrap. */
function fit(node) {
  node.style.fontSize = "";
  const room = node.clientWidth;
  const needs = node.scrollWidth;
  if (room > 0 && needs > room) node.style.fontSize = `${(parseFloat(getComputedStyle(node).fontSize) * room * 0.99) / needs}px`;
}

function drawRest({ unseen, waiting }) {
  const numbers = unseen.slice(0, UNSEEN).map(({ number }) => number);
  fill(parts.unseen, numbers.length > 0 && words("unseen"), numbers.length > 0 && element("strong", {}, numbers.join(", ")));
  const rows = waiting.filter(({ n }) => n > 0).slice(0, SERVICES);
  const drawn = rows.map(({ name, n }) => element("li", {}, element("span", {}, inLanguage(name)), element("strong", {}, n)));
  const list = rows.length > 0 ? element("ul", {}, ...drawn) : element("p", {}, words("nobody"));
  list.style.gridTemplateRows = `repeat(${Math.ceil(rows.length / 2)}, auto)`;
  fill(parts.waiting, element("h2", {}, words("waiting")), list);
  for (const name of parts.waiting.querySelectorAll("span")) fit(name);
}

function soon() {
  renewing ??= setTimeout(renew, TOGETHER_MS);
}

async function renew() {
  renewing = null;
  const answer = await fetch(ofOffice("display"), { cache: "no-store" }).catch(() => null); // the stream tells of it
  if (!answer?.ok) return;
  const state = await answer.json();
  for (const { number, place } of state.calls) rooms.set(number, place);
  calls.filed(state.calls.map((call) => ({ ...call, at: Date.parse(call.called_at) })));
  drawCalls();
  drawRest(state);
}

function resized() {
  for (const line of document.querySelectorAll(".side header p > *")) fit(line);
  drawCalls();
}

function heard(kind, data) {
  notBefore(data.at);
  if (kind === "services_changed") location.reload();
  if (kind === "ticket.called") calls.called({ ...data, at: Date.parse(data.at) }, now());
  if (kind === "ticket.returned" && !AT_COUNTER.includes(data.state)) calls.withdrawn(data.number);
  if (kind === "call_corrected") calls.withdrawn(data.replaced);
  soon();
}

function beat() {
  parts.time.textContent = clock(now());
  parts.hint.hidden = chime.allowed;
  if (calls.advance(performance.now()) === null) return;
  drawCalls();
  chime.ring();
}

build();
document.addEventListener("pointerdown", () => chime.allow());
document.addEventListener("keydown", () => chime.allow());
window.addEventListener("resize", resized);
setInterval(beat, BEAT_MS);
setInterval(soon, RENEW_MS);
listen(ofOffice("queue/events"), {
  opened: () => {
    parts.away.hidden = true;
    soon();
  },
  heard,
  lost: () => (parts.away.hidden = false),
});
beat();
resized(); // the clock has its width now
