// On the bruker's pages, after everything else: put the worker in place. A new one waits until no page of ours is open (sw.js).
// A browser without workers, or one that refuses (private window), is a browser with an ordinary website.

import { offerHomeScreen } from "./hjemskjerm.js";

const LATEST = 2_000; // ms: a browser that finds no idle moment, or knows none, gets its worker all the same
const idle = (work) => (globalThis.requestIdleCallback ? requestIdleCallback(work, { timeout: LATEST }) : setTimeout(work, LATEST));

async function settle() {
  await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ sprak: document.documentElement.lang });
}

function begin() {
  // Somebody who saves on data gets nothing ahead of time that they have not asked for.
  if (navigator.connection?.saveData) return;
  idle(() => settle().catch(() => {}));
}

offerHomeScreen();

// Shown only in an installed app on an iPhone (css/meny.css).
document.querySelector("[data-tilbake]")?.addEventListener("click", () => {
  if (history.length > 1) history.back();
  else location.assign("/");
});

if (navigator.serviceWorker) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
  document.addEventListener("medvirk:min-telefon", begin); // what was erased here just before, is fetched again
}
