// The buttons of forms without network: what is pressed is looked over in place, sealed on the device, and sent when it
// can be. On an own phone forms go through the queue with network too: what is on its way when the line breaks is kept.

import { button, el, fill, hide, phone } from "./biter.js";
import { heard, offline } from "./linje.js";
import { shownBack } from "./seover.js";
import { idOf, isHeld, SIDE } from "./utkastside.js";
import { newKey, pairsOf } from "./utko.js";
import { enhance } from "./vedlegg.js";

const FORMS = "form[data-utkast], form[data-ko]";
const LEFT_ALONE = /^\/(ut|lukk)$/;
const NEEDS_NETWORK = "/sprak"; // without one, the browser's own page would come, and what is open here be gone
const PATIENCE = 1_000; // ms for a draft on its way, as in innsending.js

const heading = () => document.querySelector("main h1")?.textContent ?? document.title;

/**
 * Gives what the rest asks for: sendFiles() when there is a network, restoreFiles() when a page is shown, delivered(name) when the server
 * has what lay under that name.
 */
export function guardForms({ ord, outbox, om, own, theme, follow }) {
  const queueable = (form, submitter) =>
    form.matches(FORMS) && !["bytt_sprak", "legg_ved", "fjern"].includes(submitter?.name) && submitter?.value !== "endre";
  const files = (form) => form.medvirkFiler ?? [];
  let going = new WeakSet(); // forms that are being kept or sent
  const lying = new Map(); // what the page says lies on the device, by name, and what it does when that has arrived

  /**
   * One press, one delivery (decision 15): on a slow line a thumb presses again, and until `work` is done that is the same press.
   * work() resolves to true when the page is on its way out: then the form goes nowhere more.
   */
  async function alone(form, work) {
    if (going.has(form)) return;
    going.add(form);
    let leaves = false;
    try {
      leaves = await work();
    } finally {
      if (leaves !== true) going.delete(form);
    }
  }
  // Back from the browser's own memory: what is written now is something else.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) going = new WeakSet();
  });

  async function whatToDoInAHurry(form) {
    const number = document.querySelector('main a[href^="tel:"]')?.textContent ?? (await om())?.kontor?.telefon;
    const frist = form.dataset.frist;
    return el("p", {}, frist ? fill(ord.frist, { frist }) : ord.uten_frist, " ", number ? phone(number) : "");
  }

  function message(form, ...children) {
    document.querySelector("[data-ko-melding]")?.remove();
    const box = el("section", { className: "beskjed stabel", "data-type": "obs", "data-ko-melding": true, "data-fra-skript": true, tabIndex: -1 }, ...children);
    const frame = form.closest?.("header");
    if (frame) {
      for (const menu of frame.querySelectorAll("details[open]")) menu.open = false;
      document.querySelector("main").prepend(box);
    } else form.before(box);
    box.focus();
    box.scrollIntoView({ block: "nearest" });
    return box;
  }

  /** The form is in sight again, and what was said in its place is gone. */
  function bringBack(form) {
    document.querySelector("[data-ko-melding]")?.remove();
    hide(form, false);
  }

  /** Into the queue, under the once key that it has. Resolves to its name, and to drafts that were on their way (utkast.js). */
  async function keep(form, pairs) {
    const url = form.getAttribute("action") || location.pathname;
    const lagt = outbox.add({ url, felter: pairs, tittel: heading(), sprak: document.documentElement.lang }, files(form));
    const detail = { lagt, venter: [] };
    form.dispatchEvent(new CustomEvent("medvirk:i-ko", { detail })); // now, so that what is typed meanwhile is told from it
    const name = await lagt;
    form.medvirkFiler = [];
    return { name, drafts: Promise.allSettled(detail.venter) };
  }

  /** What is written in the form next is something else. Not before it is known what became of this. */
  function renewKey(form) {
    const key = form.elements.namedItem("nokkel");
    if (key) key.value = newKey();
  }

  /** On its way now. A draft that comes after it would stay: it is waited for, but not long. */
  async function sendKept({ name, drafts }) {
    await Promise.race([drafts, new Promise((done) => setTimeout(done, PATIENCE))]);
    return outbox.sendNow(name);
  }

  /** The page says so until it has arrived. */
  function saysItLies(form, name, box) {
    lying.set(name, () => {
      form.dispatchEvent(new Event("medvirk:levert"));
      if (box.isConnected) box.replaceChildren(el("p", { role: "status" }, ord.sendt));
    });
  }

  /** Without network, as far as anybody knows: only trying tells, and when that fails it is tried again (igjen.js). */
  async function queueIt(form, pairs) {
    let kept;
    try {
      kept = await keep(form, pairs);
    } catch {
      message(form, el("p", { role: "alert" }, ord.ikke_plass));
      return;
    }
    hide(form);
    renewKey(form);
    const list = el("p", { className: "lenkelinje" }, el("a", { href: "/" }, ord.venter));
    saysItLies(form, kept.name, message(form, el("p", { role: "status" }, ord.lagt), await whatToDoInAHurry(form), list));
    sendKept(kept).catch(() => {});
  }

  /** «Send»: the network may have come while somebody read, and with it ids of files that waited. */
  function sendLookedOver(form, submitter, pressed) {
    if (form.medvirkVent?.()) {
      bringBack(form);
      form.requestSubmit(submitter); // a file is on its way, and vedlegg.js says so
      return;
    }
    const pairs = pairsOf(form, submitter).map(([name, value]) => [name, name === "handling" ? "send" : value]);
    alone(form, () => (offline() ? queueIt(form, pairs) : keepAndSend(form, submitter, pairs, pressed)));
  }

  async function keepDraft(form, pairs) {
    try {
      const name = await outbox.addDraft(location.pathname, fieldsOfPairs(pairs), heading());
      for (const file of files(form)) await sealed(form, file);
      const box = message(form, el("p", { role: "status" }, ord.utkast_lagt));
      lying.set(name, () => box.remove()); // the form's own line says that it is saved
      outbox.send().catch(() => {});
    } catch {
      message(form, el("p", { role: "alert" }, ord.ikke_plass));
    }
    hide(form, false);
  }

  function delivered(name) {
    lying.get(name)?.();
    lying.delete(name);
  }

  /** The page that the server would have shown before sending (U4): own words, and what happens now. */
  async function lookOver(form, submitter, pairs) {
    const said = shownBack(form);
    if (!said.length) {
      form.querySelector("textarea")?.focus();
      return;
    }
    const back = () => {
      bringBack(form);
      form.querySelector("textarea")?.focus();
    };
    message(
      form,
      el("h2", {}, ord.se_over),
      el("p", {}, ord.se_over_tekst),
      ...said,
      ...files(form).map(({ fil }) => el("p", {}, fill(ord.fil, { navn: fil.name }))),
      await whatToDoInAHurry(form),
      el(
        "div",
        { className: "knapperad" },
        button(ord.send_nar, ({ currentTarget }) => sendLookedOver(form, submitter, currentTarget)),
        button(ord.ta_vare, () => keepDraft(form, pairs), "secondary"),
        button(ord.endre, back, "tertiary"),
      ),
    );
    hide(form);
  }

  /** On this device, with the draft of its form, until it has been sent. */
  async function sealed(form, file) {
    await outbox.addFile(location.pathname, file, document.title, form.elements.namedItem(SIDE)?.value);
    file.trygg = true;
  }

  /** There is a network: what was chosen without one is sent as any file is (vedlegg.js), or said to be refused. */
  async function sendFiles() {
    for (const form of document.querySelectorAll(FORMS)) {
      const waiting = files(form);
      form.medvirkFiler = [];
      for (const { igjen } of waiting) await igjen();
    }
  }

  /** Files that were chosen for this page's form on an earlier visit stand in it again. */
  async function restoreFiles() {
    const field = document.querySelector("form [data-vedlegg]");
    if (!field) return;
    enhance(field); // this file may be here before the page's own
    const here = idOf(field.closest("form").elements.namedItem(SIDE)?.value);
    for (const file of await outbox.filesOf(location.pathname, async (page) => page !== here && isHeld(page))) {
      if (file.skjema === field.dataset.skjema) field.dispatchEvent(new CustomEvent("medvirk:ta-fil", { detail: file }));
    }
  }

  /** With network: kept first, then sent; only when the server has it is it let go. Resolves to whether the page goes on from here. */
  async function keepAndSend(form, submitter, pairs, pressed = submitter) {
    const chosen = files(form);
    let kept;
    try {
      kept = await keep(form, pairs);
    } catch {
      goByItself(form, submitter);
      return false;
    }
    pressed?.setAttribute("aria-busy", "true");
    const outcome = await sendKept(kept);
    pressed?.removeAttribute("aria-busy");
    if (outcome.slag === "levert") {
      renewKey(form);
      form.dispatchEvent(new Event("medvirk:levert"));
      follow(outcome.neste ?? "/");
      return true;
    }
    if (outcome.slag === "stoppet") {
      await outbox.drop(kept.name, outcome.item);
      form.dispatchEvent(new Event("medvirk:ut-av-ko"));
      bringBack(form);
      if (!takeBack(form, chosen, outcome)) goByItself(form, submitter); // the server's own page says what is wrong, and has every word
    } else {
      hide(form);
      renewKey(form);
      const words = outcome.slag === "utlogget" ? ord.logg_inn_for : ord.lagt;
      const link = outcome.slag === "utlogget" ? el("a", { href: outcome.loggInn }, ord.logg_inn) : null;
      saysItLies(form, kept.name, message(form, el("p", { role: "status" }, words, " ", link), await whatToDoInAHurry(form)));
    }
    return false;
  }

  /** Files of a form that was stopped: those that arrived go with it, the others are in it again. True when one was refused. */
  function takeBack(form, chosen, { item, meldinger }) {
    const arrived = (item.filer ?? []).filter(({ id }) => id);
    form.append(...arrived.map(({ id }) => el("input", { type: "hidden", name: "vedlegg", value: id })));
    const [refused, ...rest] = chosen.slice(arrived.length);
    if (!refused) return false;
    form.medvirkFiler = rest;
    refused.line.setAttribute("role", "alert");
    refused.line.replaceChildren(...meldinger);
    return true;
  }

  function goByItself(form, submitter) {
    bringBack(form);
    form.dataset.direkte = "";
    form.requestSubmit(submitter ?? undefined);
  }

  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      if (form.hasAttribute("data-direkte")) {
        form.removeAttribute("data-direkte");
        return;
      }
      const to = new URL(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action || location.href, location.href);
      if (form.method !== "post" || to.origin !== location.origin || LEFT_ALONE.test(to.pathname)) return;
      if (to.pathname === NEEDS_NETWORK && !offline()) return;
      if (going.has(form)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      if (form.medvirkVent?.()) return; // a file is on its way, and vedlegg.js says so
      const looking = submitter?.value === "se_over";
      const can = queueable(form, submitter);
      if (!offline() && !(own() && can && !looking)) {
        if (!files(form).length) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        sendFiles().then(() => form.requestSubmit(submitter));
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (can) {
        const pairs = pairsOf(form, submitter);
        if (!offline()) alone(form, () => keepAndSend(form, submitter, pairs));
        else if (looking) lookOver(form, submitter, pairs);
        else if (form.reportValidity()) alone(form, () => queueIt(form, pairs));
      } else if (!theme(form, submitter)) message(form, el("p", { role: "status" }, ord.trenger_nett));
    },
    true,
  );

  // A photo or a PDF that is chosen without network waits with its form (vedlegg.js).
  document.addEventListener("medvirk:fil", (event) => {
    const { form, ...file } = event.detail;
    const { line, fil, nokkel, bort } = file;
    if (!offline() || !form?.matches(FORMS)) return;
    event.preventDefault();
    (form.medvirkFiler ??= []).push(file);
    sealed(form, file).catch(() => {}); // no room: then the page is not left unasked
    const away = el("button", { type: "button", className: "lenkeknapp" }, ord.ikke_ta_med);
    away.addEventListener("click", () => {
      form.medvirkFiler = form.medvirkFiler.filter((one) => one !== file);
      outbox.removeFile(location.pathname, nokkel);
      bort();
    });
    line.removeAttribute("role");
    line.replaceChildren(fill(ord.fil_venter, { navn: fil.name }), " ", away);
  });
  document.addEventListener("medvirk:fil-ferdig", ({ detail }) => {
    // The draft's text waited with it: see leave() in frakoblet.js.
    outbox.removeFile(location.pathname, detail.nokkel).then(outbox.send, () => {});
  });
  addEventListener("beforeunload", (event) => {
    const open = [...document.querySelectorAll(FORMS)].flatMap(files);
    if (open.some(({ trygg }) => !trygg)) event.preventDefault();
  });

  // The text of a draft that the server could not take (utkast.js).
  document.addEventListener("medvirk:ta-vare", ({ detail }) => {
    if (detail.cut) heard(false);
    detail.work.push(outbox.addDraft(detail.sti, detail.felter, detail.tittel).then(() => true, () => false));
  });
  document.addEventListener("medvirk:tatt-vare", ({ detail }) => {
    heard(true);
    outbox.removeDraft(detail.sti, detail.felter).then(delivered, () => {});
  });

  return { sendFiles, restoreFiles, delivered };
}

const fieldsOfPairs = (pairs) => {
  const fields = {};
  for (const [name, value] of pairs) if (name !== "handling") (fields[name] ??= []).push(value);
  return fields;
};
