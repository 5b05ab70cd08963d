// Says, two minutes before, that one will be signed out for being away, and lets one stay (WCAG 2.2.1). When the time is
// up nothing personal is left on the screen, and what was typed is kept.
// <div id="okt-varsel" data-minutter="30" data-url="/okt" hidden> with a button inside; without it nothing happens.

import { isUnattended, owner, postJson, reached, saysYes } from "./csrf.js";
import { atMost, cover, leaveForGood, leaveMark, pageOf, putAway, tabs } from "./lukk.js";
import { sayWhoIsIn } from "./merker.js";

const WARNING = 2 * 60_000;
const PATIENCE = 5_000; // ms for the last save
const SOON = 2_000;
const AGAIN = 15_000;

const box = () => document.getElementById("okt-varsel");

let watching = false;

/** `whole`: the page lay on the device (framvisning.js). It has no session that ends by being away: raskelas.js locks it. */
export function watchSession({ whole = false } = {}) {
  const shown = box();
  const { minutter, url } = shown?.dataset ?? {};
  if (watching || !Number(minutter) || !url) return;
  watching = true;
  if (!whole) watchClock(shown, Number(minutter));
  const eier = owner();
  tabs?.addEventListener("message", ({ data }) => {
    if (data === "ut") end();
    // Somebody else has signed in at this door in another tab: known now, and not by the next save (enhet/svar.py).
    if (eier && data.inn === url && data.eier !== eier) end({ next: url.replace(/okt$/, "") });
  });
  if (eier && !whole) tabs?.postMessage({ inn: url, eier }); // one from the device does not say who is signed in
}

function watchClock(shown, minutes) {
  let endsAt = 0; // the server's clock: since it last heard from this page
  let written = 0;
  const bruker = document.querySelector('meta[name="enhetsnokkel"]')?.dataset.eier; // not staff: they borrow no phone's pages
  const restart = () => {
    endsAt = Date.now() + minutes * 60_000;
    if (bruker) sayWhoIsIn(bruker, endsAt); // also to pages that are opened without network, and hear nobody
    shown.hidden = true;
  };
  // Phones sleep and timers with them: look at the clock instead of trusting one long timer.
  const look = () => {
    // Whoever is writing without network is not away: the page stays, and what they write is kept as always.
    if (Date.now() >= Math.max(endsAt, written + minutes * 60_000)) end();
    else if (Date.now() >= endsAt - WARNING) shown.hidden = false;
  };
  addEventListener("input", () => {
    written = Date.now();
  });
  shown.querySelector("button")?.addEventListener("click", async () => {
    if (await saysYes(await postJson(shown.dataset.url, {}).catch(() => null))) restart();
  });
  document.addEventListener("medvirk:lagret", () => isUnattended() || restart());
  document.addEventListener("visibilitychange", look);
  setInterval(look, AGAIN);
  restart();
}

let covered = false;

/**
 * The session is over, or the page is locked: cover, save, and show the way in. The page goes when everything typed is safe,
 * not before. unlock(): what opens a page that is locked only (raskelas.js); resolves to whether it did. next: the first page of
 * somebody else who has signed in here.
 */
async function end({ unlock = null, next = null } = {}) {
  if (covered) return;
  const page = pageOf("okt-slutt");
  covered = true;
  if (next) sayWhy(page);
  const uncover = cover(page);
  const told = page.querySelector('[role="status"]');
  let again = null;
  const go = async () => {
    if (!(await putAway(PATIENCE)) || !(await reached(PATIENCE))) {
      told.textContent = told.dataset.sier;
      return;
    }
    clearInterval(again);
    if (!next) await forget();
    leaveForGood();
    if (next) {
      location.replace(next);
      return;
    }
    // The server asks who it is, or knows. What it has kept of the form stands in it again afterwards.
    const here = new URL(location.href);
    if (document.getElementById("hovedskjema")) here.searchParams.set("utkast", "1");
    location.replace(here.pathname + here.search);
  };
  const button = page.querySelector("button");
  if (!unlock) {
    button.addEventListener("click", go);
    addEventListener("online", go);
    again = setInterval(go, AGAIN); // nobody tells when it was the server that was away
    await go();
    return;
  }
  // Loading a page anew does not get around it: with the mark the server asks who it is (identitet/forlatt.py).
  const { merke } = document.querySelector("[data-lukk]")?.dataset ?? {};
  leaveMark(merke);
  button.addEventListener("click", async () => {
    if (!(await unlock())) {
      await go();
      return;
    }
    leaveMark(merke, false);
    uncover();
    covered = false;
  });
  await putAway(PATIENCE);
}

/** The heading and the first sentence are for somebody who was away. */
function sayWhy(page) {
  const [heading, sentence] = page.querySelectorAll("h1, .ingress");
  heading.textContent = document.getElementById("okt-slutt").dataset.annen;
  sentence.remove();
}

document.addEventListener("medvirk:las", ({ detail }) => end(detail));

/** The device is not to remember more of them than it must (utlogging.js). It keeps nobody on the page. */
async function forget() {
  const module = document.querySelector("form[data-logg-ut]")?.dataset.loggUt;
  if (module) await atMost(SOON, import(module).then(({ sessionOver }) => sessionOver())).catch(() => {});
}

let returning = false;

/** A page that the browser kept in its own memory is shown again only to somebody who is still signed in. */
export function watchReturn() {
  const url = box()?.dataset.url;
  if (!url || returning) return;
  returning = true;
  const root = document.documentElement;
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) root.hidden = true;
  });
  addEventListener("pageshow", async ({ persisted }) => {
    if (!persisted) return;
    const answer = await postJson(url, {}).catch(() => null);
    const gone = answer?.status === 401 || (!(await saysYes(answer)) && /(^|; )[^=]*-ut=1/.test(document.cookie));
    if (gone) location.reload();
    else root.hidden = false;
  });
}
