// On the bruker's pages, after everything else: put the worker in place, and let a new one take over when it disturbs nobody.
// A browser without workers, or one that refuses (private window), is a browser with an ordinary website.

import { offerHomeScreen } from "./hjemskjerm.js";
import { waitsFor } from "./merker.js";

const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 2_000));

let touched = false;
addEventListener("input", () => {
  touched = true;
});

/** Something of theirs lies on this phone and is not sent (venter.js). */
const unsent = () => waitsFor(document.querySelector('meta[name="enhetsnokkel"]')?.dataset.eier);

/** Nothing is being typed or sent here, and nothing waits. Others can say no too, with preventDefault(). */
function calm() {
  const status = document.getElementById("statuslinje")?.dataset.tilstand ?? "klar";
  const asked = new Event("medvirk:bytt", { cancelable: true });
  return !touched && !unsent() && ["klar", "lagret"].includes(status) && document.dispatchEvent(asked);
}

async function settle() {
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  // A worker that was waiting when this page was opened takes over now; one that is found while the page is open waits.
  if (registration.waiting && calm()) registration.waiting.postMessage({ taOver: true });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ sprak: document.documentElement.lang });
}

function begin() {
  // Somebody who saves on data gets no 60 KB that they have not asked for.
  if (navigator.connection?.saveData) return;
  idle(() => settle().catch(() => {}));
}

offerHomeScreen();

// Whoever leaves in a hurry, or signs out, sees nothing of this page any longer: no fading between the two (S6).
addEventListener("pageswap", ({ viewTransition, activation }) => {
  viewTransition?.ready?.catch(() => {});
  const to = activation?.entry?.url;
  if (!to || /^\/(ut|lukk|inn)/.test(new URL(to).pathname)) viewTransition?.skipTransition();
});

// Shown only in an installed app on an iPhone (css/meny.css).
document.querySelector("[data-tilbake]")?.addEventListener("click", () => {
  if (history.length > 1) history.back();
  else location.assign("/");
});

if (navigator.serviceWorker) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
