// On the page that stands in for another when there is no network: try again by itself when the network comes, or by the
// button. The address is still the one that was asked for, so trying again is loading it.

const place = document.querySelector("[data-frakoblet]");

if (place) {
  const again = () => location.reload();
  const button = document.querySelector("[data-prov-igjen]");
  button.hidden = false;
  button.addEventListener("click", again);
  addEventListener("online", again);
}
