// Loaded when somebody signs out: what waits on this device gets a last chance before the device is erased, with or without network.

import { csrf, reached } from "./csrf.js";
import { forgetDevice, forgetSession } from "./glem.js";
import { queue } from "./ko.js";
import { openStore } from "./lager.js";
import { createAnswers } from "./svarko.js";
import { createOutbox } from "./utko.js";

const PATIENCE = 5_000; // ms
const AGAIN = 15_000; // ms
const SOON = 2_000; // ms, for somebody who has waited and answered

/** Sends everything that waits here. Resolves to how many rows are left; what was stopped lies on the server too. */
export async function sendWaiting() {
  const key = document.querySelector('meta[name="enhetsnokkel"]')?.content;
  if (!key) return 0;
  try {
    const store = await openStore(key);
    const left = await createAnswers({ kept: queue(store) }).send();
    const outbox = createOutbox({ store });
    await outbox.send();
    return left + (await outbox.list(0)).alle;
  } catch {
    return 0; // nothing can be kept on this device
  }
}

/**
 * Signs out on this device. Resolves to true when the form is to be sent as well: the server is there to hear it.
 * The second argument is lukk.js, which the page has loaded already; the page is covered, and `uncover` takes that away.
 */
export async function signOut(form, { atMost, putAway, leaveForGood, leaveMark, pageOf, tabs }, uncover) {
  const words = document.querySelector("form[data-logg-ut]").dataset;
  // All of it within one limit. What has not gone by then is asked about.
  let there = reached(PATIENCE);
  const safe = putAway(PATIENCE).then(async (away) => away && (await sendWaiting()) === 0);
  if (!(await atMost(PATIENCE, safe).catch(() => false))) {
    if (!confirm(words.usendt)) {
      uncover();
      return false;
    }
    there = reached(SOON);
  }
  leaveForGood();
  leaveMark(words.merke);
  await erase(form);
  tabs?.postMessage("ut");
  if (await there) return true;
  showGone(form, { pageOf, putAway });
  return false;
}

/**
 * Erases this person's device, but not what somebody else could not send from it: nobody can read that here. «Glem denne
 * enheten» takes it all. The form tells the server, so that the browser is not asked to erase the rest.
 */
async function erase(form) {
  if (form.elements.namedItem("glem")) {
    await forgetDevice();
    return;
  }
  const mine = document.querySelector('meta[name="enhetsnokkel"]')?.dataset.eier;
  if (!(await forgetDevice((owner) => owner !== mine))) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "behold", value: "1" }));
}

/** The session is over with this page open (sesjon.js). The office's pages leave nothing on a device. */
export async function sessionOver() {
  if (document.querySelector('meta[name="enhetsnokkel"]')) await forgetSession();
}

/**
 * No network: the page takes its own content away, and tells the server as soon as there is one. What was typed and is not
 * kept anywhere gets a last chance then, before the session ends.
 */
function showGone(form, { pageOf, putAway }) {
  const { action } = form;
  const body = new URLSearchParams([...new FormData(form)]);
  body.set("csrf_token", csrf());
  const page = pageOf("ut-uten-nett");
  document.body.replaceChildren(page);
  document.querySelector('meta[name="enhetsnokkel"]')?.remove();
  document.title = `${page.querySelector("h1").textContent} – Medvirk`;
  history.replaceState(null, "", action.replace(/\/ut$/, "/utlogget"));
  page.focus();
  // The browser's word for a network cannot be trusted (linje.js): the server is told until it has answered, and not somebody else.
  async function tell() {
    await putAway(PATIENCE);
    const answer = await fetch(action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (!answer || answer.status >= 500 || !(await reached(PATIENCE))) return;
    clearInterval(again);
    location.reload();
  }
  const again = setInterval(tell, AGAIN);
  addEventListener("online", tell);
}
