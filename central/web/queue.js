// Read the page anew when the queue changes, and once a minute so that its time is true.
const office = document.querySelector("main > [data-office]").dataset.office;
let waiting = null;
async function renew() {
  waiting = null;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["main", "header"]) document.querySelector(part).replaceWith(page.querySelector(part));
  } catch (error) {
    // Central is away: the page keeps saying when it was last true, and the stream comes back by itself.
  }
}
function soon() {
  if (waiting === null) waiting = setTimeout(renew, 300);
}
const events = new EventSource("/api/v1/queue/events?office=" + encodeURIComponent(office));
const acts = ["called", "started", "finished", "no_show", "held", "transferred", "returned"].map((act) => `ticket.${act}`);
const papers = ["ticket_issued", "ticket_cancelled", "number_replaced", "call_corrected", "services_changed"];
for (const kind of [...papers, ...acts]) {
  events.addEventListener(kind, soon);
}
events.addEventListener("open", soon);
setInterval(soon, 60000);
