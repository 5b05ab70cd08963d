// Pages that an own phone keeps, sealed, to be read and written on without network: each as the server made it, so that
// questions, translations and scripts are the same ones. No cache ever holds them.

import { hide } from "./biter.js";
import { unattended } from "./csrf.js";
import { ownPhone } from "./merker.js";
import { SIDE } from "./utkastside.js";

const STORE = "lager";
const INDEX = "indeks";
const MOST_PAGES = 80;
const MOST_BYTES = 6_000_000;
const FRESH_FOR = 30 * 60_000; // ms
const ID = "[0-9a-f-]{36}";
// What may be kept when the bruker has opened it. The rest (sign-ins, codes, innsyn, klage) is not needed on the bus.
const KEPT = new RegExp(
  `^/(?:kartlegging/(?:[a-z_]+)?|plan/|plan/steg/(?:nytt|${ID}(?:/[a-z_]+)?)|vilkar/(?:${ID}(?:/gjort)?)?|varsel/(?:${ID}(?:/uttalelse)?)?|moter/(?:${ID}(?:/notat)?)?)?$`,
);
// From a page that is open, these forms are fetched too. Never a varsel or a vilkår: being fetched is not being read.
const FOLLOWED = new RegExp(`^/(?:plan/steg/${ID}(?:/gjort)?|vilkar/${ID}/gjort|varsel/${ID}/uttalelse)$`);

export const mayKeep = (path) => KEPT.test(path);

/**
 * A page as it is kept: as the server made it. What scripts have put in (data-fra-skript) and hidden (data-skjult) they do again
 * when it is shown, and perhaps otherwise: reading mode may be off by then.
 */
export function pageOf(doc, url, bygg) {
  const body = doc.body.cloneNode(true);
  for (const told of body.querySelectorAll("main > .beskjed[role], [data-fra-skript]")) told.remove();
  for (const part of body.querySelectorAll("[data-skjult]")) hide(part, false);
  for (const key of body.querySelectorAll('input[name="csrf_token"]')) key.removeAttribute("value");
  // The next time it is another opening, and who types then is perhaps another one.
  for (const opened of body.querySelectorAll(`input[name="${SIDE}"], input[name="skrives_av"]`)) opened.remove();
  for (const field of body.querySelectorAll("[data-vedlegg]")) field.removeAttribute("data-klar"); // its script begins anew
  for (const drawn of body.querySelectorAll("[style]")) drawn.removeAttribute("style"); // a script's, or the browser's own
  const { lang, dir } = doc.documentElement;
  const { versjoner } = doc.querySelector("#hovedskjema")?.dataset ?? {};
  const tid = Date.now();
  return { url, tittel: doc.title, sprak: lang, retning: dir, klasse: doc.body.className, kropp: body.innerHTML, bygg, tid, versjoner };
}

/**
 * Whether nothing has been saved on this page since it came. What was typed is not in its markup, but the new version is: kept like that,
 * the old text would be shown, and what is written next would take the place of the new one, which nobody has seen.
 */
const asItCame = (doc) => !doc.querySelector("[data-ny-versjon], [data-lagringsfeil]");

export function createPages({ store, bygg, locks = globalThis.navigator?.locks, get = fetch }) {
  const alone = (work) => (locks ? locks.request("medvirk-lager", work) : work());
  const index = async () => (await store.get(STORE, INDEX)) ?? {};

  async function evict(all, enough) {
    const oldest = Object.keys(all).sort((a, b) => all[a].tid - all[b].tid);
    while (oldest.length && !enough(all)) {
      const url = oldest.shift();
      delete all[url];
      await store.remove(STORE, `p ${url}`);
    }
  }
  const fits = (all) =>
    Object.keys(all).length <= MOST_PAGES && Object.values(all).reduce((sum, { bytes }) => sum + bytes, 0) <= MOST_BYTES;

  /**
   * Keep a page; the oldest give way. False when the device has no room. `beside`: the mark of what lay beside it when it was asked for,
   * and stands in it: what has been saved since then stays.
   */
  function keep(page, beside = null) {
    return alone(async () => {
      if (ownPhone() !== store.owner) return false; // taken back, or signed out, in another tab
      const all = await index();
      const { tittel, tid, sprak, versjoner } = page;
      for (const again of [true, false]) {
        try {
          const bytes = await store.put(STORE, `p ${page.url}`, page);
          all[page.url] = { bytes, tid, tittel, sprak, bygg, versjoner };
          await evict(all, fits);
          await store.put(STORE, INDEX, all);
          await store.takeAway(STORE, `o ${page.url}`, beside);
          return true;
        } catch (error) {
          if (!again || error?.name !== "QuotaExceededError") return false;
          const half = Object.keys(all).length / 2;
          await evict(all, (left) => Object.keys(left).length <= half);
        }
      }
      return false;
    });
  }

  /** What was saved on a theme page since it was fetched: the page shows it also without network. Other tabs note theirs meanwhile. */
  async function overlay(saveUrl, felt, answer) {
    const name = `o ${saveUrl.replace(/\/lagre$/, "")}`;
    for (let done = false; !done; ) {
      const { value: values = {}, mark } = await store.marked(STORE, name);
      for (const [id, version] of Object.entries(answer.felt ?? {})) {
        const isNew = !(values[id]?.versjon > version.versjon);
        if (felt[id] && isNew && !answer.konflikt?.includes(id)) values[id] = { ...felt[id], ...version };
      }
      done = Boolean(await store.replace(STORE, name, values, mark));
    }
  }

  /** Another person may have signed in here since this page was opened (platform/eier.py): theirs is not sealed as ours. */
  async function fetched(url) {
    const { mark } = await store.marked(STORE, `o ${url}`);
    const response = await get(url, { headers: { Purpose: "prefetch", ...unattended() }, credentials: "same-origin", priority: "low" });
    if (!response.ok || response.redirected || !response.headers.get("Content-Type")?.includes("text/html")) return null;
    const doc = new DOMParser().parseFromString(await response.text(), "text/html");
    if (doc.querySelector('meta[name="enhetsnokkel"]')?.dataset.eier !== store.owner) return null;
    return (await keep(pageOf(doc, url, bygg), mark)) ? doc : null;
  }

  /** Keep the page that is open; where answers have been saved since it came, as the server makes it now. */
  async function keepOpen(doc, url) {
    const { mark } = await store.marked(STORE, `o ${url}`);
    if (mark === null && asItCame(doc)) await keep(pageOf(doc, url, bygg));
    else await fetched(url);
  }

  const linked = (doc) =>
    [...doc.querySelectorAll("main a[href]")].map((a) => a.getAttribute("href")).filter((href) => FOLLOWED.test(href));

  /** Fetch what is not here, or is old. One at a time, until `stop()`, and nothing on a phone that saves data. */
  async function refresh({ from = [], sprak = document.documentElement.lang, stop = () => false } = {}) {
    if (ownPhone() !== store.owner || globalThis.navigator?.connection?.saveData) return;
    const response = await get("/enhet/sider", { headers: unattended(), credentials: "same-origin" });
    if (!response.ok || response.redirected) return;
    const om = await response.json();
    if (om.eier !== store.owner) return;
    await store.put(STORE, "om", om);
    const [all, changed] = [await index(), await store.names(STORE)];
    // Nobody notes what a page saves as it goes, and what another device does.
    const older = (url) => url in (om.versjoner ?? {}) && all[url].versjoner !== `${om.versjoner[url]}`;
    const here = (url) => all[url]?.bygg === bygg && all[url].sprak === sprak && !changed.includes(`o ${url}`) && !older(url);
    const fresh = (url) => here(url) && (url.startsWith("/kartlegging/") || Math.abs(Date.now() - all[url].tid) < FRESH_FOR);
    const waiting = [...om.sider, ...from];
    const seen = new Set();
    while (waiting.length && !stop()) {
      const url = waiting.shift();
      if (seen.has(url) || fresh(url) || seen.size >= MOST_PAGES) continue;
      seen.add(url);
      const doc = await fetched(url);
      if (doc && url.startsWith("/plan/")) waiting.push(...linked(doc));
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  return {
    keep,
    keepOpen,
    overlay,
    refresh,
    linked,
    index,
    get: (url) => store.get(STORE, `p ${url}`),
    overlayOf: (url) => store.get(STORE, `o ${url}`),
    om: () => store.get(STORE, "om"),
  };
}
