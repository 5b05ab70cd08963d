// The one line that says what is saved. All texts come from the template (data attributes), already translated.
// What is seen changes with every save; what is read aloud only when something is new (WCAG 4.1.3 without nagging).

import { shown } from "./vist.js";

const PROBLEMS = new Set(["frakoblet", "utlogget", "feil", "avvist"]);

export function statusLine(element) {
  if (!element) return { show() {}, showConflict() {}, onSend() {}, isProblem: () => false };
  const visible = element.querySelector("[data-statustekst]");
  const spoken = element.querySelector("[data-opplest]");
  const sendNow = element.querySelector("[data-send-na]");
  const signIn = element.querySelector("[data-logg-inn]");
  let announced = "";

  function show(state, { time = "", variant = state, signInUrl = "" } = {}) {
    const text = (element.dataset[variant] ?? element.dataset[state] ?? "").replace("{tid}", time);
    if (visible.textContent !== text) visible.textContent = text;
    element.dataset.tilstand = state;
    sendNow.hidden = !(state === "frakoblet" || state === "feil");
    signIn.hidden = state !== "utlogget";
    if (signInUrl) signIn.href = signInUrl;
    // «Saving …» is never read aloud; «saved» is, the first time and after trouble.
    if (state !== "lagrer" && state !== announced) {
      announced = state;
      if (state !== "klar") spoken.textContent = text;
    }
  }

  /** Two texts for one answer: both are kept, and the way to choose stays in sight until the page is left. */
  function showConflict(url) {
    const link = element.querySelector("[data-konflikt-lenke]");
    if (url) link.href = url;
    link.hidden = !url;
    show("konflikt");
  }

  // «Press the button» stands there until then, and is true as well: other words before the page is on the screen would mean that
  // it is laid out twice (decision 22).
  const before = element.dataset.tilstand;
  shown().then(() => element.dataset.tilstand === before && show("klar"));
  return {
    show,
    showConflict,
    isProblem: () => PROBLEMS.has(element.dataset.tilstand),
    onSend: (handler) => sendNow.addEventListener("click", handler),
  };
}
