// Without network: loaded by felles.js when it is needed, and by the page that the worker shows when the network is
// away (main[data-frakoblet]). Puts together what the other files do: kept pages, the queue, and unlocking.

import { button, el } from "./biter.js";
import { csrf, jsonOf, postJson, renewCsrf } from "./csrf.js";
import { createDisplay } from "./framvisning.js";
import { queue as answerQueue } from "./ko.js";
import { deviceKey, openDatabase, openStore } from "./lager.js";
import { lockedFor, unlock } from "./las.js";
import { heard, offline, onLine } from "./linje.js";
import { isAnotherIn, ownPhone, sayWaiting } from "./merker.js";
import { words as wordsIn } from "./ord.js";
import { startQuickLock } from "./raskelas.js";
import { createPages, mayKeep } from "./sidelager.js";
import { guardForms } from "./skjemako.js";
import { createAnswers } from "./svarko.js";
import { createOutbox } from "./utko.js";
import { createWaitingList } from "./venter.js";

const meta = () => document.querySelector('meta[name="enhetsnokkel"]');

/** Kept on an own phone only. */
async function words(lang) {
  return wordsIn(lang, ownPhone() ? await openDatabase().catch(() => null) : null);
}

/** Everything that works once the key is there. `whole`: the page to be shown is put in place of the shell's. */
async function begin(key, ord, { whole = false } = {}) {
  const store = await openStore(key);
  const own = () => ownPhone() === store.owner;
  startQuickLock({ own, unlock: async () => (await unlock().catch(() => null))?.owner === store.owner, just: whole });
  const locked = (await lockedFor().catch(() => null)) === store.owner;
  const pages = createPages({ store, bygg: meta()?.dataset.frakoblet ?? "" });
  const kept = answerQueue(store);
  let list = null;
  const outbox = createOutbox({
    store,
    // Files of the form that is open are in it, and go from there.
    leave: (sti, item) => sti === location.pathname && item.filer?.length > 0 && document.querySelector("form [data-vedlegg]") !== null,
    tell(event) {
      if (event.slag === "frakoblet") heard(false);
      if (event.slag === "levert") {
        heard(true); // not «ferdig»: with nothing to send, nobody has been reached
        forms.delivered(event.navn);
      }
      if (event.slag === "endret") sayWaiting(store.owner, true); // the page may be gone before the list is drawn
      list?.tell(event);
      if (["endret", "levert", "stoppet", "ferdig"].includes(event.slag)) later();
    },
  });
  // 3,000 of them: the list is drawn now and then, not for each.
  let timer = null;
  const later = () => {
    timer ??= setTimeout(() => {
      timer = null;
      list?.show().catch(() => {});
    }, 200);
  };

  const here = () => document.getElementById("statuslinje")?.dataset.url; // the theme page sends its own
  // What was saved is shown also when its page is opened again without network.
  const noted = (url, felt, answer) => own() && pages.overlay(url, felt, answer).catch(() => {});
  const sender = createAnswers({ kept, here, again: () => send().catch(() => {}), arrived: noted });
  async function answers() {
    const waiting = await sender.waiting();
    const all = waiting.length ? await pages.index() : {};
    return waiting.map(([url, felt, navn, merke]) => ({
      tittel: (all[url.replace(/\/lagre$/, "")]?.tittel ?? url).replace(/ – Medvirk$/, ""),
      ord: Object.values(felt).flatMap(({ verdi }) => (typeof verdi === "string" && verdi ? [verdi] : [])),
      meldinger: sender.messages(navn),
      fjern: () => kept.takeAway(navn, merke),
    }));
  }
  /** A page that was opened without network has no form key for its buttons: the server hands one out when it is asked. */
  async function formKey() {
    const url = document.getElementById("okt-varsel")?.dataset.url;
    if (url && !csrf()) renewCsrf((await jsonOf(await postJson(url, {}))).csrf);
  }
  async function send() {
    await formKey().catch(() => {});
    await forms.sendFiles();
    await sender.send();
    await outbox.send();
    await list.show();
  }

  const display = createDisplay({
    pages,
    outbox,
    ord,
    own: () => own() && !isAnotherIn(store.owner), // a tab that slept has perhaps not heard of them yet
    locked: () => locked,
    shown: () => list.show().then(forms.restoreFiles),
  });
  list = createWaitingList({ owner: store.owner, ord, outbox, answers, send });
  const forms = guardForms({
    ord,
    outbox,
    om: () => pages.om().catch(() => null),
    own,
    theme(form, submitter) {
      if (!here()) return false;
      const { neste, forrige } = form.dataset;
      const to = { neste: neste ?? "/kartlegging/", forrige: forrige ?? "/kartlegging/", oversikt: "/kartlegging/" }[submitter?.value];
      if (to) display.show(to);
      return Boolean(to) || submitter?.value === "lagre";
    },
    follow(to) {
      const url = new URL(to, location.href);
      location.assign(url);
      if (url.pathname + url.search === location.pathname + location.search) location.reload();
    },
  });

  // Links without network: the page that lies here, in place.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!offline() || !own() || link.origin !== location.origin || link.hasAttribute("download") || link.target === "_blank") return;
    if (link.hash && link.pathname === location.pathname && link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    display.show(link.href);
  });
  addEventListener("popstate", () => {
    if (offline() && own()) display.show(location.href, { push: false });
    else location.reload();
  });

  document.addEventListener("medvirk:lagret", ({ detail }) => {
    heard(true);
    if (detail?.answer) noted(detail.url, detail.felt, detail.answer);
  });

  const trySend = () => send().catch(() => {}); // another tab may have signed out, and the device is empty
  onLine((gone) => gone || trySend());
  addEventListener("online", trySend);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && !offline() && trySend());
  document.addEventListener("medvirk:min-telefon", () => remember().catch(() => {}));

  /** Locked, or on the way out: a page that is fetched now ends the session (identitet/forlatt.py). */
  const left = () => /(^|; )[^=]*-ut=1/.test(document.cookie);

  /** This page, and those that go with it. */
  async function remember() {
    if (!own() || offline() || left()) return;
    words(document.documentElement.lang).catch(() => {}); // now they are kept
    const path = location.pathname;
    const asked = meta()?.hasAttribute("data-hentet") && !location.search && !document.querySelector("[data-fokus]");
    if (asked && mayKeep(path)) await pages.keepOpen(document, path);
    await pages.refresh({ from: pages.linked(document), stop: left });
  }

  document.documentElement.dataset.utenNett = locked ? "las" : "fane"; // ready
  if (whole) {
    const path = location.pathname;
    if (!(await display.show(path, { push: false, whole: true }))) await display.show("/", { push: true, whole: true });
  } else {
    await list.show();
    await forms.restoreFiles().catch(() => {});
    if (!offline()) send().then(remember).catch(() => {});
  }
}

/** The worker's page: the phone is without network, and the key is locked. */
async function shell(box) {
  const ord = await words(document.documentElement.lang);
  const owner = await lockedFor().catch(() => null);
  if (!owner || owner !== ownPhone() || isAnotherIn(owner)) return; // the page's own words stand
  const said = el("p", { role: "status" });
  const open = button(ord.las_opp, async () => {
    said.textContent = "";
    if (isAnotherIn(owner)) {
      location.reload(); // since this was offered
      return;
    }
    const found = await unlock().catch(() => null);
    if (!found) {
      said.textContent = ord.las_opp_feil;
      return;
    }
    const tag = el("meta", { name: "enhetsnokkel", content: found.key });
    tag.dataset.eier = found.owner;
    document.head.append(tag, el("meta", { name: "csrf", content: "" })); // the server hands out a form key when it is asked
    await begin(found.key, ord, { whole: true });
  });
  const db = await openDatabase();
  const mine = IDBKeyRange.bound(`${owner} `, `${owner} \uffff`);
  const waiting = (await db.count("ko", mine)) + (await db.count("sendinger", mine));
  const section = el(
    "section",
    { className: "kort kort-viktig stabel" },
    el("p", {}, ord.las_opp_tekst),
    waiting ? el("p", {}, el("strong", {}, ord.noe_venter)) : null,
    el("div", { className: "knapperad" }, open),
    said,
  );
  (box.querySelector(".ingress") ?? box.querySelector("h1")).after(section);
}

/** Also where nothing lies on the phone: «Prøv igjen», and the page comes by itself with the network. */
function tryAgain(box) {
  const again = box.querySelector("[data-prov-igjen]");
  const reload = () => location.reload();
  if (again) again.hidden = false;
  again?.addEventListener("click", reload);
  // Once somebody reads and writes here, the page goes nowhere by itself.
  onLine((gone) => !gone && box.isConnected && reload());
}

const box = document.querySelector("main[data-frakoblet]");
const key = deviceKey();
if (box) {
  heard(false); // the worker shows this page for no other reason
  tryAgain(box);
  shell(box).catch(() => {});
}
if (!box && key) words(document.documentElement.lang).then((ord) => begin(key, ord)).catch(() => {});
