// Says, two minutes before, that one will be signed out for being away, and lets one stay (WCAG 2.2.1).
// <div id="okt-varsel" data-minutter="30" data-url="/okt" hidden> with a button inside; without it nothing happens.

import { postJson } from "./csrf.js";

const WARNING = 2 * 60_000;

export function watchSession(box = document.getElementById("okt-varsel")) {
  const minutes = Number(box?.dataset.minutter);
  if (!minutes || !box.dataset.url) return;
  let warnAt = 0;
  const restart = () => {
    warnAt = Date.now() + minutes * 60_000 - WARNING;
    box.hidden = true;
  };
  // Phones sleep and timers with them: look at the clock instead of trusting one long timer.
  const look = () => {
    if (Date.now() >= warnAt) box.hidden = false;
  };
  box.querySelector("button")?.addEventListener("click", async () => {
    const response = await postJson(box.dataset.url, {}).catch(() => null);
    if (response?.ok) restart();
  });
  document.addEventListener("medvirk:lagret", restart);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 15_000);
  restart();
}
