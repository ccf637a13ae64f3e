// The console of an officer: who, at which counter, then the desk. One screen at a time stands in #page.
import { Away, Client, Refused } from "./client.js";
import { openDesk } from "./desk.js";
import { element, fill, icon } from "./dom.js";
import { office, serviceName, words } from "./page.js";

const root = document.getElementById("page");
const banner = element("p", { class: "banner", role: "status", hidden: true }, icon("warning"), words("central_away"));
const client = new Client((waiting) => (banner.hidden = !waiting));
const AGAIN_MS = 2000;

/** The counter that this browser worked at last. */
const remembered = {
  get: () => Number(localStorage.getItem(`counter:${office.code}`)),
  set: (number) => localStorage.setItem(`counter:${office.code}`, String(number)),
  forget: () => localStorage.removeItem(`counter:${office.code}`),
};

function show(...content) {
  fill(root, banner, ...content);
}

/** Ask until central answers; what it refuses is thrown. */
async function patiently(ask) {
  for (;;) {
    try {
      const answer = await ask();
      banner.hidden = true;
      return answer;
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      banner.hidden = false;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

function card(title, ...content) {
  const lines = element("p", { class: "office" }, element("span", {}, office.line1), element("strong", {}, office.line2));
  const head = element("header", { class: "card-head" }, icon(`mark-${office.profile}`), lines);
  return element("main", { class: "card" }, head, element("h1", {}, title), ...content);
}

function signIn() {
  const user = element("input", { name: "user", autocomplete: "username", required: true, autocapitalize: "none" });
  const secret = { name: "password", type: "password", autocomplete: "current-password", required: true };
  const password = element("input", secret);
  const said = element("p", { class: "said", role: "alert" });
  const key = element("button", { class: "key filled", type: "submit" }, words("sign_in"));
  const submit = async (event) => {
    event.preventDefault();
    key.disabled = true;
    try {
      await atWork(await client.signIn(user.value.trim().toLowerCase(), password.value));
    } catch (error) {
      said.textContent = words(whySignIn(error));
      password.value = "";
      password.focus();
    } finally {
      key.disabled = false;
    }
  };
  const form = element(
    "form",
    { onsubmit: submit },
    element("label", {}, words("user"), user),
    element("label", {}, words("password"), password),
    said,
    key,
  );
  show(card(words("sign_in_title"), form, language()));
  user.focus();
}

function whySignIn(error) {
  if (error instanceof Away) return "central_away";
  if (!(error instanceof Refused)) throw error;
  return error.status === 429 ? "too_many" : "wrong_password";
}

function language() {
  const other = office.language === "vi" ? "en" : "vi";
  const address = `?office=${encodeURIComponent(office.code)}&lang=${other}`;
  return element("p", { class: "language" }, element("a", { href: address, hreflang: other }, words("language")));
}

async function atWork(who) {
  if (who.office !== office.code) {
    location.search = new URLSearchParams({ office: who.office, lang: office.language });
    return;
  }
  const counters = await patiently(() => client.counters());
  if (counters.some(({ counter }) => counter === remembered.get())) desk(who, remembered.get());
  else choose(who, counters);
}

function choose(who, counters) {
  const keys = counters.map(({ counter, services }) => {
    const names = services.map(serviceName).join(", ");
    const take = () => {
      remembered.set(counter);
      desk(who, counter);
    };
    const said = [element("strong", {}, words("counter", { n: counter })), element("span", {}, names)];
    return element("button", { class: "key", type: "button", onclick: take, "data-counter": counter }, ...said);
  });
  const title = words(keys.length > 0 ? "choose_counter" : "no_counter");
  show(card(title, element("div", { class: "choices" }, ...keys), leaveKey()));
  root.querySelector(".choices button")?.focus();
}

function leaveKey() {
  return element("button", { class: "key quiet", type: "button", onclick: signOut }, words("sign_out"));
}

async function signOut() {
  await patiently(() => client.signOut()).catch(unlessSignedOut);
  signIn();
}

function unlessSignedOut(error) {
  if (!(error instanceof Refused)) throw error;
}

function desk(who, number) {
  const close = openDesk({
    client,
    who,
    number,
    show,
    signOut: () => leave(signOut),
    signedOut: () => leave(signIn),
    change: () => leave(async () => (remembered.forget(), atWork(who))),
    online: (well) => (banner.hidden = well),
  });
  function leave(then) {
    close();
    then();
  }
}

patiently(() => client.who()).then((who) => (who === null ? signIn() : atWork(who)));
