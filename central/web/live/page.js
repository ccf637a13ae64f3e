// What the server wrote into the page: the office, its names, the words; and central's clock.
const given = JSON.parse(document.getElementById("given").textContent);
const born = { ms: given.now - performance.now() };

export const office = given.office;
export const path = (rest) => `/api/v1/${rest}`;
export const ofOffice = (rest) => `${path(rest)}?office=${encodeURIComponent(office.code)}`;

/** The text of a key, with facts put in; without such a key that of `otherwise`. */
export function words(key, facts = {}, otherwise = key) {
  const text = given.words[key] ?? given.words[otherwise] ?? otherwise;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/** A text of the office in this page's language. */
export const inLanguage = (text) => text[office.language] || text.vi;

/** The name of a service; one that the office no longer offers has none. */
export const serviceName = (code) => office.services[code] ?? words("gone_service");

/** The name of a priority. */
export const priorityName = (code) => office.priorities[code] ?? code;

/** Central's time in ms; the clock of this machine may be wrong, and may be set while the page stands. */
export const now = () => born.ms + performance.now();

/** It is at least so late: time stands still for a page while its machine sleeps. */
export function notBefore(iso) {
  const late = Date.parse(iso) - now();
  if (late > 0) born.ms += late;
}

const format = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: office.timezone });

/** A time of day in the office: 08:12. */
export const clock = (ms) => format.format(new Date(ms));

/** A stretch of time in whole minutes. */
export function minutes(seconds) {
  return seconds < 60 ? words("under_a_minute") : words("minutes", { n: Math.floor(seconds / 60) });
}
