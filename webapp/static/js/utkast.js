// Drafts of longer forms (note, remark, comment): <form data-utkast="/utkast"> is sent as it stands while one writes,
// and is offered again when the page is opened anew. Says that it is a draft: saved it is when the form is sent.

import { jsonOf, postJson, renewCsrf } from "./csrf.js";
import { submitAfter } from "./innsending.js";
import { statusLine } from "./status.js";

const AFTER_TYPING = 1_000; // ms
const NEVER = new Set(["csrf_token", "bytt_sprak"]);

/** The form's fields as {name: [values]}; files and keys are left out. */
export function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || NEVER.has(name)) continue;
    (fields[name] ??= []).push(value);
  }
  return fields;
}

export function keepDrafts(form) {
  const url = form.dataset.utkast;
  const status = statusLine(form.querySelector(".statuslinje") ?? document.getElementById("statuslinje"));
  let sent = JSON.stringify(fieldsOf(form));
  let timer = null;
  let inFlight = null;
  let freshKey = false;
  let keptThere = ""; // what the server kept although the session is over

  function save({ keepalive = false } = {}) {
    clearTimeout(timer);
    const felter = fieldsOf(form);
    const text = JSON.stringify(felter);
    if (text === sent || submit.isGoing()) return;
    if (inFlight && !keepalive) {
      timer = setTimeout(save, AFTER_TYPING);
      return;
    }
    inFlight = send(felter, text, keepalive).finally(() => {
      inFlight = null;
    });
  }

  async function send(felter, text, keepalive) {
    status.show("lagrer");
    try {
      const response = await postJson(url, { sti: location.pathname, felter }, { keepalive });
      const answer = await jsonOf(response);
      if (response.ok) {
        sent = text;
        document.dispatchEvent(new Event("medvirk:lagret"));
        freshKey = false;
        status.show("lagret", { time: answer.lagret ?? "" });
      } else if (response.status === 400 && answer.csrf && !freshKey) {
        freshKey = true;
        renewCsrf(answer.csrf);
        timer = setTimeout(save, 0);
      } else if (response.status === 401) {
        if (answer.tatt_vare_pa) keptThere = text;
        status.show("utlogget", { signInUrl: answer.logg_inn });
      } else {
        fail("feil");
      }
    } catch {
      fail("frakoblet", "frakobletMinne");
    }
  }

  function fail(state, variant = state) {
    status.show(state, { variant });
    timer = setTimeout(save, 10_000);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_TYPING);
  });
  const submit = submitAfter(form, () => inFlight, () => clearTimeout(timer));
  status.onSend(() => save());
  addEventListener("online", () => save());
  addEventListener("pagehide", () => save({ keepalive: true }));
  // The page is about to go, whatever comes: is everything safe?
  document.addEventListener("medvirk:forlat", ({ detail }) => {
    save({ keepalive: true });
    const safe = () => [sent, keptThere].includes(JSON.stringify(fieldsOf(form)));
    detail.push(Promise.resolve(inFlight).then(safe));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
  });
  addEventListener("beforeunload", (event) => {
    if (status.isProblem?.() && !submit.isGoing() && JSON.stringify(fieldsOf(form)) !== sent) event.preventDefault();
  });
}
