// «Les høyt» in the header: there only where the browser can speak. What it starts is fetched when it is pressed.
// The button's data attributes: les, stil (what reads, and its looks), diktering, lesemodus. Decision 17.

const button = () => document.querySelector("[data-les]");

/** Speech that the browser can be made to understand without sending it anywhere. */
function hearsByItself() {
  const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
  return Boolean(Recognition?.available) && "processLocally" in Recognition.prototype;
}

export function offerReading() {
  const found = button();
  if (!found) return;
  const { diktering, lesemodus } = found.dataset;
  if (globalThis.speechSynthesis) found.hidden = false;
  if (hearsByItself() && document.querySelector("main textarea")) import(diktering).then((it) => it.offer()).catch(() => {});
  // A page that was kept on the device, or in the browser's memory, does not know what has been chosen since.
  if (document.cookie.includes("medvirk-lesemodus=1") && !("lesemodus" in document.documentElement.dataset)) {
    import(lesemodus).then((it) => it.set(true)).catch(() => {});
  }
}

export function watchReading() {
  document.addEventListener("click", ({ target }) => {
    const pressed = target.closest?.("[data-les]");
    if (pressed) import(pressed.dataset.les).then((it) => it.toggle(pressed)).catch(() => {});
  });
}
