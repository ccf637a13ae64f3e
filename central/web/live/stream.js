// The event stream, read by fetch and not by EventSource: that one gives up for good when a starting central answers
// with an error, does not notice a line that died silently, and cannot go on after an event of our choosing.
const RETRY_MS = 2000;
const SILENCE_MS = 40000; // central says something every 15 s

/**
 * Listen, and come back whenever the line is cut.
 * `opened()` is called at each (re)connection: read the state anew, events alone do not tell it all.
 * `heard(kind, data)` is called once for each event, in order. `lost()` when the line is cut. Ends with `signal`.
 */
export async function listen(address, { opened, heard, lost, signal = new AbortController().signal }) {
  const last = { id: null };
  while (!signal.aborted) {
    await connection(address, last, { opened, heard, signal }).catch(unlessCut);
    if (signal.aborted) return;
    lost();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** A line that is cut ends in a TypeError or an AbortError: come back. */
function unlessCut(error) {
  if (error.name !== "AbortError" && error.name !== "TypeError") throw error;
}

async function connection(address, last, { opened, heard, signal }) {
  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort(), { once: true, signal: stop.signal });
  let silence = setTimeout(() => stop.abort(), SILENCE_MS);
  try {
    const headers = last.id === null ? {} : { "Last-Event-ID": last.id };
    const answer = await fetch(address, { headers, cache: "no-store", signal: stop.signal });
    if (!answer.ok) return;
    opened();
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), SILENCE_MS);
      const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) take(block, last, heard);
    }
  } finally {
    clearTimeout(silence);
    stop.abort();
  }
}

function take(block, last, heard) {
  const fields = new Map();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(": ");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  if (!fields.has("data")) return;
  last.id = fields.get("id") ?? last.id;
  heard(fields.get("event") ?? "message", JSON.parse(fields.get("data")));
}
