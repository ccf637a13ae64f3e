// Speaking to central as an officer. An act is sent again with the same request_id until it is answered: central does
// it once, however often it arrives.
import { path } from "./page.js";

const AGAIN_MS = 1500;
const PATIENCE_MS = 8000;

/** A problem that central answered with (RFC 9457). */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `status ${status}`);
    this.status = status;
    this.kind = String(problem.type ?? "").replace("/problems/", "");
  }
}

/** Central cannot be reached, or fails. */
export class Away extends Error {}

/** One officer's session. `waiting(true)` is told while an act waits for central to come back. */
export class Client {
  #csrf = null;
  #waiting;

  constructor(waiting) {
    this.#waiting = waiting;
  }

  /** Who is signed in; null for nobody. */
  async who() {
    try {
      return this.#signedIn(await send("GET", "session"));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  }

  async signIn(user, password) {
    return this.#signedIn(await send("POST", "session", { user, password }));
  }

  async signOut() {
    await send("DELETE", "session", undefined, this.#csrf);
    this.#csrf = null;
  }

  async counters() {
    return (await send("GET", "counters")).counters;
  }

  counter(number) {
    return send("GET", `counters/${number}`);
  }

  /** Do something at a counter, once; with `signal` it is no longer asked for: the officer has left. */
  async act(number, name, facts, signal) {
    const body = { request_id: requestId(), ...facts };
    for (;;) {
      try {
        const answer = await send("POST", `counters/${number}/${name}`, body, this.#csrf);
        this.#waiting(false);
        return answer;
      } catch (error) {
        if (!(error instanceof Away) || signal.aborted) {
          this.#waiting(false);
          throw error;
        }
        this.#waiting(true);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        if (signal.aborted) throw error;
      }
    }
  }

  #signedIn(who) {
    this.#csrf = who.csrf;
    return who;
  }
}

async function send(method, rest, body, csrf = null) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (csrf !== null) headers["X-CSRF-Token"] = csrf;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  let answer, text;
  try {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    answer = await fetch(path(rest), { method, headers, body: sent, cache: "no-store", signal: late.signal });
    text = await answer.text();
  } catch (error) {
    throw new Away(error.message);
  } finally {
    clearTimeout(timer);
  }
  if (answer.status >= 500) throw new Away(`status ${answer.status}`);
  const read = text === "" ? {} : JSON.parse(text);
  if (!answer.ok) throw new Refused(answer.status, read);
  return read;
}

/** A random UUID; crypto.randomUUID is missing on a page that came without TLS. */
function requestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
