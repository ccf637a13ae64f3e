// Questions before an act. Each answers the facts for central, or null when the officer thinks better of it.
import { element, fill } from "./dom.js";
import { office, ofOffice, serviceName, words } from "./page.js";

const CALL_REASONS = ["returned", "papers", "urgent", "mistake"];
const HOLD_REASONS = ["away", "papers", "other"];

/** Serve the number of somebody who already stands there. */
export function askNumber({ held }) {
  const number = element("input", { name: "number", required: true, maxlength: 8, autocomplete: "off", spellcheck: "false" });
  const missed = element("div", { class: "chips" });
  offer(missed, number, held);
  const body = [
    element("label", {}, words("which_number"), number),
    missed,
    choices("reason", words("why"), CALL_REASONS.map((code) => [code, words(`call_reason_${code}`)])),
  ];
  return ask(words("act_other"), body, words("serve"), (form) => ({
    number: form.get("number").normalize("NFC").replace(/\s/g, "").toUpperCase(),
    reason: form.get("reason"),
  }));
}

/** Keep the number back for a while. */
export function askHold({ current }) {
  const reasons = HOLD_REASONS.map((code) => [code, words(`hold_reason_${code}`)]);
  const title = words("hold_title", { number: current.number });
  return ask(title, [choices("reason", words("why"), reasons)], words("act_hold"), (form) => ({
    reason: form.get("reason"),
  }));
}

/** Called, and nobody came. */
export function askNoShow({ current }) {
  const text = element("p", {}, words("no_show_text", { n: current.calls }));
  return ask(words("no_show_title", { number: current.number }), [text], words("act_no_show"), () => ({}));
}

/** To another field or another counter; the time of arrival stays. */
export function askTransfer({ current, counter }, counters) {
  const services = Object.keys(office.services).filter((code) => code !== current.service);
  const others = counters.filter((other) => other.counter !== counter);
  const options = [
    ...services.map((code) => [`service:${code}`, serviceName(code)]),
    ...others.map((other) => [`counter:${other.counter}`, words("counter", { n: other.counter })]),
  ];
  const body = [choices("to", words("where_to"), options), element("p", { class: "soft" }, words("transfer_text"))];
  return ask(words("transfer_title", { number: current.number }), body, words("act_transfer"), (form) => {
    const [kind, value] = form.get("to").split(":");
    return kind === "counter" ? { counter: Number(value) } : { service: value };
  });
}

/** Numbers kept back here, or called and not seen: whoever stands there is often one of them. */
async function offer(place, input, held) {
  const answer = await fetch(ofOffice("display"), { cache: "no-store" }).catch(() => null); // a help, not a need
  if (!answer?.ok) return;
  const unseen = (await answer.json()).unseen.map(({ number }) => number);
  const choose = (number) => () => {
    input.value = number;
    input.focus();
  };
  const numbers = [...new Set([...held, ...unseen])];
  const keys = numbers.map((number) => element("button", { type: "button", class: "key", onclick: choose(number) }, number));
  fill(place, numbers.length > 0 && element("span", {}, words("held_or_unseen")), ...keys);
}

function choices(name, title, options) {
  const rows = options.map(([value, text], at) =>
    element("label", { class: "choice" }, element("input", { type: "radio", name, value, checked: at === 0 }), text),
  );
  return element("fieldset", {}, element("legend", {}, title), element("div", { class: "grid" }, ...rows));
}

function ask(title, body, yes, read) {
  return new Promise((resolve) => {
    let answer = null;
    const submit = (event) => {
      event.preventDefault();
      answer = read(new FormData(form));
      dialog.close();
    };
    const back = element("button", { class: "key", type: "button", onclick: () => dialog.close() }, words("back"));
    const confirm = element("button", { class: "key filled", type: "submit" }, yes, element("kbd", {}, "Enter"));
    const form = element("form", { onsubmit: submit }, element("h2", {}, title), ...body, element("div", { class: "row" }, back, confirm));
    const dialog = element("dialog", {}, form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (form.querySelector("input") ?? confirm).focus();
  });
}
