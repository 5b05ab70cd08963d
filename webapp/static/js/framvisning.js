// A page that lies on the device, shown without network: the server's own markup is put in place of the page that is
// open, with title, language, direction, focus and history as when one follows a link.

import { el, fill, moment } from "./biter.js";
import { csrf, renewCsrf } from "./csrf.js";
import { newKey } from "./utko.js";
import { startTheme } from "./temastart.js";
import { themePage } from "./temaside.js";
import { hold, namePage, SIDE } from "./utkastside.js";
import { enhance } from "./vedlegg.js";

const PATIENCE = 1_000; // ms for what is typed on the page one leaves

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export function createDisplay({ pages, outbox, ord, own, locked, shown = () => {} }) {
  /** What is typed on this page is put away before it goes. */
  async function putAway() {
    const detail = [];
    document.dispatchEvent(new CustomEvent("medvirk:viker", { detail }));
    await Promise.race([Promise.allSettled(detail), wait(PATIENCE)]);
  }

  function put(doc, page, whole) {
    const html = document.documentElement;
    if (whole) {
      document.body.className = page.klasse;
      document.body.replaceChildren(...[...doc.body.childNodes].map((node) => document.importNode(node, true)));
    } else {
      // The frame stays: «lukk raskt» and signing out are bound to it. What stands in it is the new page's.
      document.querySelector("main").replaceWith(document.importNode(doc.querySelector("main"), true));
      const [before, now] = [document, doc].map((one) => one.querySelector("button.ds-sr-only[form]"));
      before?.remove();
      if (now) document.querySelector("a.hopp")?.after(document.importNode(now, true));
      // The choice of language goes along with the page's own form, or with one beside it.
      document.getElementById("sprakskjema")?.remove();
      const [menu, its] = [document, doc].map((one) => one.querySelector("details.sprak"));
      const form = doc.getElementById("sprakskjema");
      if (its) menu?.replaceWith(...[form, its].filter(Boolean).map((part) => document.importNode(part, true)));
      for (const link of document.querySelectorAll("nav.nav a")) {
        const same = doc.querySelector(`nav.nav a[href="${CSS.escape(link.getAttribute("href"))}"]`);
        if (same?.hasAttribute("aria-current")) link.setAttribute("aria-current", same.getAttribute("aria-current"));
        else link.removeAttribute("aria-current");
      }
    }
    html.lang = page.sprak;
    html.dir = page.retning;
    document.title = page.tittel;
    renewCsrf(csrf()); // a page is kept without its form keys
  }

  /**
   * What lies beside the page of `path`: read before it is seen, so that nobody types into a form that is not listened to yet, or that is
   * filled in after them. `held`: lets go of the draft's page.
   */
  async function beside(doc, path) {
    const form = doc.getElementById("hovedskjema");
    if (!form) return {};
    const saved = await pages.overlayOf(path);
    const holder = {};
    const take = (id) => hold(holder, id, { ifAvailable: true });
    const draft = form.dataset.utkast ? await outbox.draftOf(path, take) : null;
    return { saved, draft, held: holder.medvirkSlipp };
  }

  function fillIn({ saved, draft, held }) {
    const form = document.getElementById("hovedskjema");
    if (!form) return;
    // What was written here once and sent is not what is written here next.
    const key = form.elements.namedItem("nokkel");
    if (key) key.value = newKey();
    if (saved) {
      const theme = themePage(form);
      for (const [id, value] of Object.entries(saved)) {
        if (theme.read(id)?.versjon > value.versjon) continue; // another device's, fetched since
        theme.write(id, value);
        theme.setVersion(id, value.versjon, value.merke);
      }
    }
    if (held) form.medvirkSlipp = held;
    if (draft) namePage(form, draft.felter[SIDE]?.[0]); // what lies here is written on
    for (const [name, values] of Object.entries(draft?.felter ?? {})) {
      if (name === "nokkel") continue;
      for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
        else if (input.type !== "hidden") input.value = values[0];
      }
    }
  }

  function say(...lines) {
    document.querySelector("[data-frakoblet-linje]")?.remove();
    const box = el("div", { className: "beskjed", "data-type": "info", "data-frakoblet-linje": true, "data-fra-skript": true, role: "status" });
    document.querySelector("main").prepend(box);
    box.append(...lines.map((text) => el("p", {}, text)));
  }

  /** Shows the kept page of this address. False, and a calm line, when it is not here. */
  async function show(path, { push = true, whole = false } = {}) {
    const url = new URL(path, location.href);
    const page = own() ? await pages.get(url.pathname) : null;
    if (!page) {
      if (!whole) {
        say(ord.ikke_her);
        document.querySelector("[data-frakoblet-linje]").scrollIntoView({ block: "nearest" });
      }
      return false;
    }
    if (!whole) await putAway();
    const doc = new DOMParser().parseFromString(page.kropp, "text/html");
    const lies = await beside(doc, url.pathname);
    if (push) history.pushState({ frakoblet: true }, "", url.pathname + url.hash);
    put(doc, page, whole);
    fillIn(lies);
    document.dispatchEvent(new CustomEvent("medvirk:ny-side", { detail: { whole } }));
    for (const field of document.querySelectorAll("[data-vedlegg]")) enhance(field);
    await startTheme();
    say(fill(ord.uten_nett, { nar: moment(page.tid, page.sprak) }), ...(locked() ? [] : [ord.bare_fane]));
    const target = (url.hash && document.getElementById(url.hash.slice(1))) || document.getElementById("innhold");
    scrollTo(0, 0);
    target?.focus({ preventScroll: !url.hash });
    shown(url.pathname);
    return true;
  }

  return { show, say };
}
