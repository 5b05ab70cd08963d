// What waits on the device, on its way to the server. Nothing waits for ever: whoever sends holds the lock that other tabs wait
// for (utko.js). The server is told whose it is, and does not take it for another person's (enhet/svar.py).

import { csrf, unattended, within } from "./csrf.js";
import { sendOnce } from "./opplasting.js";

const LONGEST = 30_000; // ms for a form or a draft

/** A form that waited. `where`: whether its own page waits for the answer («side»), or the queue («ko»). */
export async function postForm(url, pairs, owner, where) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf(), "X-Medvirk-Ko": where, "X-Medvirk-Eier": owner, ...unattended() };
  return fetch(url, { method: "POST", body: new URLSearchParams(pairs), headers, credentials: "same-origin", redirect: "manual", signal: within(LONGEST) });
}

/** What somebody was in the middle of writing at `sti`. */
export async function postDraft(sti, felter, owner) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf(), "X-Medvirk-Eier": owner, ...unattended() };
  return fetch("/utkast", { method: "POST", body: JSON.stringify({ sti, felter }), headers, credentials: "same-origin", signal: within(LONGEST) });
}

/** A photo may take minutes on a slow line: it is given up when nothing moves. */
export async function postFile(url, { fil: [fil, navn], ...fields }) {
  const { status, answer, vent } = await sendOnce(url, fields, fil, navn);
  if (!status) throw new TypeError("nothing came back");
  return new Response(JSON.stringify(answer), { status, headers: vent ? { "Retry-After": vent } : {} });
}
