// Talking to the server, and the form key for JSON posts. The server may hand out a fresh one; then every form on the page gets it too.

const meta = () => document.querySelector('meta[name="csrf"]');

export function csrf() {
  return meta()?.content ?? "";
}

export function renewCsrf(token) {
  if (!token) return;
  const tag = meta();
  if (tag) tag.content = token;
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = token;
}

/** Whose page this is, as a digest (platform/rendering.py); undefined on a page of nobody's. */
export const owner = () => {
  const page = globalThis.document;
  return page?.querySelector('meta[name="enhetsnokkel"]')?.dataset?.eier ?? page?.querySelector('input[name="eier"]')?.value;
};
/** The header that says so: the server does not take their text for the next person's who signs in here (enhet/svar.py). */
export const ofOwner = () => {
  const eier = owner();
  return eier ? { "X-Medvirk-Eier": eier } : {};
};

// When somebody last did something on this page. What it sends by itself later than that keeps nobody signed in (identitet/okter.py):
// a borrowed phone that was put down is not to try again, and again, until the next one takes it up.
const ALONE = 60_000; // ms
let touched = Date.now();
for (const type of ["pointerdown", "keydown", "input"]) {
  globalThis.addEventListener?.(type, () => (touched = Date.now()), { capture: true, passive: true });
}
export const untouched = (now = Date.now()) => now - touched;
export const isUnattended = (now = Date.now()) => untouched(now) > ALONE;
/** The header that says so, if it is so. */
export const unattended = () => (isUnattended() ? { "X-Medvirk-Alene": "1" } : {});

/** A signal that gives up after so long. AbortSignal.timeout is younger than some phones. */
export function within(ms) {
  if (AbortSignal.timeout) return AbortSignal.timeout(ms);
  const limit = new AbortController();
  setTimeout(() => limit.abort(), ms);
  return limit.signal;
}

/** Whether the server says yes ({ok: true}). Anything that is not ours, as a sign-in page of the network one is on, says nothing. */
export const saysYes = async (answer) => Boolean(answer?.ok) && (await jsonOf(answer)).ok === true;

/**
 * Whether the server answers now, within so many ms: the browser's own word for a network cannot be trusted. It is not told who
 * asks: a page that is locked (sesjon.js) asks too, and nobody has come back by that.
 */
export async function reached(most) {
  if (!navigator.onLine) return false;
  try {
    return await saysYes(await fetch("/healthz", { cache: "no-store", credentials: "omit", signal: within(most) }));
  } catch {
    return false;
  }
}

/** Bytes that may outlive their page: browsers refuse above 64 KB for all that is on its way, and the goodbye is among it. */
export const OUTLIVES = 50_000;
export const bytesOf = (body) => new TextEncoder().encode(JSON.stringify(body)).length;

/** POST JSON as this page. Rejects on no network and after 20 seconds without an answer. */
export function postJson(url, body, { keepalive = false } = {}) {
  const text = JSON.stringify(body);
  return fetch(url, {
    method: "POST",
    body: text,
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf(), ...ofOwner(), ...unattended() },
    credentials: "same-origin",
    keepalive: keepalive && bytesOf(body) < OUTLIVES,
    signal: within(20_000),
  });
}

/** The answer as JSON; an empty object when it is something else (a proxy's page, nothing at all). */
export async function jsonOf(response) {
  try {
    return (await response.json()) ?? {};
  } catch {
    return {};
  }
}
