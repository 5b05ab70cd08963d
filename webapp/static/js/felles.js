// On every page: drafts, counters, printing, and what a keyboard expects. All of it is extra; the pages work without.

import { offerReading, watchReading } from "./lesknapp.js";
import * as leaving from "./lukk.js";
import { waitsFor } from "./merker.js";
import { watchReturn, watchSession } from "./sesjon.js";
import { watchLengths } from "./teller.js";
import { keepDrafts } from "./utkast.js";
import { shown } from "./vist.js";

/** `how.fresh`: the server's own page, and not one that lay on the device. */
const content = (how) => {
  for (const form of document.querySelectorAll("form[data-utkast]")) keepDrafts(form, how);

  // The error summary is where one must begin.
  document.querySelector("[data-fokus]")?.focus();

  for (const button of document.querySelectorAll("[data-skriv-ut]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  shown().then(offerReading);
};
content({ fresh: true });
watchReading();
watchLengths();
watchSession();
leaving.watchLukk();
watchReturn();

// The language menu closes as menus do.
const openMenu = () => document.querySelector("details.sprak[open]");
document.addEventListener("click", ({ target }) => {
  const menu = openMenu();
  if (menu && !menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key, target }) => {
  const menu = openMenu();
  if (key !== "Escape" || !menu?.contains(target)) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Signing out erases this device: first send what waits here, or ask. Every page's footer carries the words for it.
const words = () => document.querySelector("form[data-logg-ut]")?.dataset;
function signingOut() {
  for (const form of words() ? document.querySelectorAll('form[method="post"][action$="/ut"]') : []) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { loggUt, vent } = words();
      const uncover = leaving.cover(leaving.headed(vent)); // first of all: somebody may be looking on
      try {
        const { signOut } = await leaving.atMost(5_000, import(loggUt));
        if (!(await signOut(form, leaving, uncover))) return;
      } catch {
        // The module did not load: signing out is what was asked for.
      }
      form.submit();
    });
  }
}
signingOut();
// So that it can be done without network too. By then somebody may have signed out, and nothing is left of the page.
const signOutModule = words()?.loggUt;
if (signOutModule) addEventListener("load", () => setTimeout(() => import(signOutModule).catch(() => {}), 2_000));

// A page that lay on the device has been put in place of this one (framvisning.js): `whole` with everything around it.
document.addEventListener("medvirk:ny-side", ({ detail }) => {
  content({ fresh: false });
  if (!detail.whole) return;
  leaving.watchLukk();
  watchSession(detail);
  watchReturn();
  signingOut();
});

const { frakoblet: without, telefon, eier } = document.querySelector("meta[data-frakoblet]")?.dataset ?? {};
// The worker and the home screen only add to the page.
if (telefon) shown().then(() => import(telefon).catch(() => {}));

// Without network: on own phones at once, where something waits or there are longer forms after everything else.
const said = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};
const mine = said("medvirk.min");
if (without) {
  const start = () => import(without).catch(() => {});
  if (mine && mine !== "nei") start();
  else if (waitsFor(eier) || document.querySelector("form[data-utkast], form[data-ko], [data-enhet]")) {
    addEventListener("load", () => setTimeout(start, 200));
  }
}

// «Dette er min egen telefon»: asked once, at home, and never again after an answer. The answer lies here; the cookie tells the
// server, so that the page comes as it is to stay, and nothing moves under a thumb (webapp/hjem.py).
const question = document.querySelector("[data-min-telefon]");
const answered = () => {
  question.remove();
  document.cookie = `medvirk-telefon=1; path=/; max-age=${365 * 86_400}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
};
if (question && mine) answered();
else if (question) {
  question.querySelector("button").addEventListener("click", () => {
    // The button goes, and what it had must not be lost: the next card has the focus then, or the page's heading.
    const heading = question.nextElementSibling?.querySelector("h2"); // of a card that may be for other devices
    const next = heading?.checkVisibility?.() ? heading : document.querySelector("h1");
    answered();
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    try {
      localStorage.setItem("medvirk.min", "nei");
    } catch {
      // Blocked: then nothing can be kept here anyhow.
    }
  });
}
