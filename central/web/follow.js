// The paper's address ends in its number, which a browser never sends: a page that knows nothing yet can still show it.
const number = decodeURIComponent(location.hash.slice(1));
if (/^[A-HJ-NPR-Z]{1,2}([1-9]\d{0,3}-)?\d{3,6}$/.test(number)) {
  const place = document.getElementById("number");
  place.textContent = number;
  place.classList.toggle("long", number.length > 4);
  document.getElementById("ticket").hidden = false;
}
