// Drafts of longer forms (note, remark, comment): <form data-utkast="/utkast"> is sent as it stands while one writes,
// and is offered again when the page is opened anew. Says that it is a draft: saved it is when the form is sent.

import { bytesOf, jsonOf, OUTLIVES, postJson, renewCsrf } from "./csrf.js";
import { HANGS, retryAfter } from "./igjen.js";
import { submitAfter } from "./innsending.js";
import { statusLine } from "./status.js";
import { touchedEarly } from "./tidlig.js";
import { namePage, turns } from "./utkastside.js";

const AFTER_TYPING = 1_000; // ms
const LONGEST_WAIT = 5_000; // somebody who never pauses is saved too
const AGAIN = 10_000;
const NEVER = new Set(["csrf_token", "eier", "bytt_sprak", "nokkel"]); // as in platform/drafts.py

/** The form's fields as {name: [values]}; files and keys are left out. */
export function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || NEVER.has(name)) continue;
    (fields[name] ??= []).push(value);
  }
  return fields;
}

/** `fresh`: the page has come from the server just now, so that what differs from it was typed by somebody. */
export function keepDrafts(form, { fresh = false } = {}) {
  const url = form.dataset.utkast;
  const sti = location.pathname;
  namePage(form);
  // The page gives way to another one without being left (frakoblet.js): what listens to the window stops listening.
  const life = new AbortController();
  const { signal } = life;
  const turn = turns();
  let held = ""; // what lies on this device, sealed, until it can be sent
  const status = statusLine(form.querySelector(".statuslinje") ?? document.getElementById("statuslinje"));
  const now = () => JSON.stringify(fieldsOf(form));
  let sent = now();
  let timer = null;
  let firstChange = 0;
  let inFlight = null;
  let freshKey = false;
  let keptThere = ""; // what the server kept although the session is over
  let hangs = false; // what is on its way has not been answered for a while
  let gone = false; // another page is shown in its place, and may go on with what lies here
  let queued = ""; // what the form held when it last went to the queue
  let sendings = 0; // how often the form has gone to the queue: a draft from before that has been overtaken

  function soon() {
    firstChange ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(AFTER_TYPING, firstChange + LONGEST_WAIT - Date.now())));
  }

  function save({ keepalive = false } = {}) {
    clearTimeout(timer);
    firstChange = 0;
    const felter = fieldsOf(form);
    const text = JSON.stringify(felter);
    if (text === sent || gone || submit.isGoing()) return;
    if (inFlight && !keepalive) {
      if (hangs && text !== held) seal();
      timer = setTimeout(save, AFTER_TYPING);
      return;
    }
    const before = sendings;
    const waiting = setTimeout(() => {
      hangs = true;
      if (before === sendings && now() !== held) seal();
    }, HANGS);
    const going = send(turn(felter), text, keepalive).finally(() => {
      clearTimeout(waiting);
      if (inFlight !== going) return; // one that outlives the page has gone past it
      hangs = false;
      inFlight = null;
    });
    inFlight = going;
  }

  async function send(felter, text, keepalive) {
    const before = sendings;
    const overtaken = () => before !== sendings;
    status.show("lagrer");
    try {
      const response = await postJson(url, { sti, felter }, { keepalive });
      const answer = await jsonOf(response);
      // A page of the network one is on may answer too, and has saved nothing.
      if (response.ok && answer.lagret !== undefined) {
        if (!overtaken()) sent = text;
        if (held && !gone && (text === now() || text === held)) {
          document.dispatchEvent(new CustomEvent("medvirk:tatt-vare", { detail: { sti, felter } }));
          held = "";
        }
        document.dispatchEvent(new Event("medvirk:lagret"));
        freshKey = false;
        status.show("lagret", { time: answer.lagret });
      } else if (response.status === 400 && answer.csrf && !freshKey) {
        freshKey = true;
        renewCsrf(answer.csrf);
        timer = setTimeout(save, 0);
      } else if (response.status === 401) {
        // Somebody else is signed in here now: the text waits, sealed, for whoever wrote it.
        if (answer.tatt_vare_pa) keptThere = text;
        else await seal();
        status.show("utlogget", { signInUrl: answer.logg_inn });
      } else {
        await fail("feil", overtaken, retryAfter(response.headers));
      }
    } catch {
      await fail("frakoblet", overtaken);
    }
  }

  /** frakoblet.js, when it is there, keeps the text on this device. `cut`: because nobody answered, not because of what was answered. */
  async function seal(cut = false) {
    if (gone) return;
    const work = [];
    const felter = turn(fieldsOf(form));
    const text = now();
    document.dispatchEvent(new CustomEvent("medvirk:ta-vare", { detail: { sti, felter, tittel: document.title, cut, work } }));
    if ((await Promise.all(work)).includes(true)) held = text;
  }

  async function fail(state, overtaken, wait = 0) {
    if (overtaken()) {
      status.show("klar"); // it goes with the form
      return;
    }
    const text = now();
    await seal(state === "frakoblet");
    status.show(state, { variant: held === text || state !== "frakoblet" ? state : "frakobletMinne" });
    timer = setTimeout(save, wait || AGAIN);
  }

  /** Another page comes in place of this one, without network: what is typed lies here, for whichever page goes on with it. */
  async function giveWay() {
    const text = now();
    const isSafe = () => [sent, held].includes(text);
    if (!isSafe()) await seal();
    if (!isSafe()) {
      save({ keepalive: true });
      await inFlight;
    }
    gone = isSafe(); // else this is the only place where it is, and it is tried again from here
    if (gone) await form.medvirkSlipp?.();
  }

  // The form goes to the queue, and from there as it is (skjemako.js): no draft of it is wanted, only of what is typed after.
  form.addEventListener("medvirk:i-ko", ({ detail }) => {
    queued = now();
    clearTimeout(timer);
    sendings += 1;
    detail.venter.push(inFlight);
    const lies = () => {
      sent = queued;
      held = "";
    };
    detail.lagt.then(lies, () => {}).then(() => soon());
  });
  // With it the server forgets its drafts, also of what has been typed since: that one is sent anew as the page goes.
  form.addEventListener("medvirk:levert", () => {
    if (now() !== queued) sent = "";
  });
  // It was stopped, and the page has it again.
  form.addEventListener("medvirk:ut-av-ko", () => {
    sent = "";
    soon();
  });
  form.addEventListener("input", () => soon());
  const submit = submitAfter(form, () => inFlight, () => clearTimeout(timer));
  if (fresh && touchedEarly(form).length > 0) {
    sent = "";
    soon();
  }
  status.onSend(() => save());
  addEventListener("online", () => save(), { signal });
  addEventListener("pagehide", () => save({ keepalive: true }), { signal });
  // The page is about to go, whatever comes: is everything safe?
  document.addEventListener("medvirk:forlat", ({ detail }) => {
    save({ keepalive: true });
    // So much text does not outlive the page on its way: it is sealed here as well.
    const felter = fieldsOf(form);
    const text = JSON.stringify(felter);
    const sealing = text !== sent && bytesOf({ sti, felter }) >= OUTLIVES ? seal() : null;
    detail.forsegles.push(sealing);
    const safe = () => [sent, keptThere, held].includes(now());
    detail.push(Promise.all([inFlight, sealing]).then(safe));
  }, { signal });
  document.addEventListener("medvirk:viker", ({ detail }) => {
    detail.push(giveWay());
    clearTimeout(timer);
    life.abort();
  }, { once: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
  }, { signal });
  addEventListener("beforeunload", (event) => {
    const text = now();
    if (status.isProblem?.() && !submit.isGoing() && text !== sent && text !== held) event.preventDefault();
  }, { signal });
}
