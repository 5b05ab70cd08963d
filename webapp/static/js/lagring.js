// Saving while typing. The page is the truth until the server has said «saved»; what the server cannot take now is
// kept on the device. One request at a time, each carrying the version it started from.

import { bytesOf, jsonOf, OUTLIVES, postJson, renewCsrf } from "./csrf.js";
import { HANGS, retryAfter } from "./igjen.js";

const AFTER_TYPING = 800; // ms
const AFTER_CHOICE = 250;
const ON_DEVICE = 250; // from the first letter that does not lie there, whether or not somebody pauses
const LONGEST_WAIT = 5_000; // somebody who never pauses is saved too
const BACKOFF = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/**
 * page:   { read(id), write(id, value), setVersion(id, versjon, merke), showErrors(map) }   the form
 * url:    where to save
 * queue:  from openQueue(), or null: none, or not open yet (useQueue)
 * status: from statusLine()
 */
export function createSaver({ page, url, queue, status, post = postJson, timers = globalThis, onSaved = () => {} }) {
  const dirty = new Set();
  const touched = new Set(); // written in, here or on an earlier visit that could not send it: nothing is put over it
  const refused = new Set(); // the server said no to what stands there now; sent again when it changes
  let inFlight = null;
  let again = false;
  let timer = null;
  let keepTimer = null;
  let firstChange = 0;
  let failures = 0;
  let backingOff = false; // a retry is planned; what is typed meanwhile goes to the device
  let hangs = false; // what is on its way has not been answered for a while
  let kept = false;
  let freshKey = false;
  let settling = null; // what restore() has on its way
  let keptThere = false; // the session is over, and the server keeps what was typed for whoever signs in again

  const payload = (ids) => Object.fromEntries([...ids].map((id) => [id, page.read(id)]));
  const same = (a, b) => JSON.stringify([a.verdi, a.vil_ikke, a.mini]) === JSON.stringify([b.verdi, b.vil_ikke, b.mini]);

  function schedule(delay) {
    timers.clearTimeout(timer);
    timer = timers.setTimeout(() => save(), delay);
  }

  function changed(id, { choice = false } = {}) {
    if (dirty.size === 0) firstChange = Date.now();
    dirty.add(id);
    touched.add(id);
    keptThere = false;
    refused.delete(id);
    if (backingOff || globalThis.navigator?.onLine === false) {
      keepTimer ??= timers.setTimeout(() => {
        keepTimer = null;
        return keep();
      }, ON_DEVICE);
    }
    if (backingOff) return;
    const waited = Date.now() - firstChange;
    schedule(Math.max(0, Math.min(choice ? AFTER_CHOICE : AFTER_TYPING, LONGEST_WAIT - waited)));
  }

  /** Save what has changed now. Resolves when the server has answered (or could not). */
  function save({ keepalive = false } = {}) {
    timers.clearTimeout(timer);
    if (inFlight) {
      again = true;
      if (hangs) keep();
      return inFlight;
    }
    const ids = [...dirty].filter((id) => !refused.has(id));
    if (ids.length === 0) return Promise.resolve();
    const waiting = timers.setTimeout(() => {
      hangs = true;
      return keep();
    }, HANGS);
    inFlight = send(payload(ids), keepalive).finally(() => {
      timers.clearTimeout(waiting);
      hangs = false;
      inFlight = null;
      if (again) {
        again = false;
        save({ keepalive });
      }
    });
    return inFlight;
  }

  async function send(felt, keepalive) {
    if (!failures) status.show("lagrer");
    backingOff = false;
    let response;
    try {
      response = await post(url, { felt }, { keepalive });
    } catch {
      return keepHere("frakoblet");
    }
    const answer = await jsonOf(response);
    if (response.ok && answer.lagret !== undefined) return accept(felt, answer);
    if (response.status === 400 && answer.csrf && !freshKey) {
      // The form key was too old: nothing the bruker needs to know about. Once.
      freshKey = true;
      renewCsrf(answer.csrf);
      again = true;
      return undefined;
    }
    if (response.status === 401) return signedOut(answer);
    if (response.status === 413 || response.status === 422) return refuse(felt, answer);
    return keepHere("feil", retryAfter(response.headers));
  }

  async function accept(felt, answer) {
    failures = 0;
    freshKey = false;
    for (const [id, sent] of Object.entries(felt)) {
      const version = answer.felt?.[id];
      if (version) page.setVersion(id, version.versjon, version.merke);
      if (same(sent, page.read(id))) dirty.delete(id);
    }
    firstChange = Date.now();
    page.showErrors({});
    if (dirty.size === 0 && kept) await letGo();
    if (dirty.size > 0 && !again) schedule(AFTER_TYPING);
    if (answer.konflikt?.length) status.showConflict(answer.konflikt_url);
    else status.show("lagret", { time: answer.lagret });
    onSaved(felt, answer);
  }

  async function keepHere(state, after = 0) {
    const stored = await keep();
    status.show(state, { variant: stored || state !== "frakoblet" ? state : "frakobletMinne" });
    const delay = after || BACKOFF[Math.min(failures, BACKOFF.length - 1)];
    failures += 1;
    again = false;
    backingOff = true;
    schedule(delay);
  }

  /** Typing goes on being sent: the server keeps it, sealed, for whoever signs in again. */
  async function signedOut(answer) {
    keptThere = Boolean(answer.tatt_vare_pa);
    if (!keptThere) await keep();
    failures += 1;
    again = false;
    status.show("utlogget", { signInUrl: answer.logg_inn });
  }

  async function refuse(felt, answer) {
    for (const id of Object.keys(felt)) if (!answer.felt || id in answer.felt) refused.add(id);
    page.showErrors(answer.felt ?? {}, answer.melding);
    await keep();
    status.show("avvist");
    // The other answers of the same save are not to wait for the one that is too long.
    if ([...dirty].some((id) => !refused.has(id))) again = true;
  }

  let keeping = Promise.resolve();

  /** On this device, encrypted, until the server has it. False when the device cannot. One at a time: the latest is what lies there. */
  function keep() {
    keeping = keeping.then(keepNow);
    return keeping;
  }

  async function keepNow() {
    if (!queue) return false;
    if (dirty.size === 0) return true; // it has arrived meanwhile
    try {
      await queue.put(url, payload(dirty));
      kept = true;
      if (dirty.size === 0) await letGo(); // it has arrived just now
      return true;
    } catch {
      return false;
    }
  }

  async function letGo() {
    kept = false;
    await queue?.remove(url).catch(() => {});
  }

  const isLarge = (felt) => bytesOf({ felt }) >= OUTLIVES;

  /** The page goes out of sight, perhaps for good. */
  function leaving({ final = false } = {}) {
    if (dirty.size === 0) return;
    const felt = payload(dirty);
    if (final && isLarge(felt)) {
      // One by one, the shortest first, as many as may outlive the page. The rest lies on the device (putAway).
      const parts = Object.entries(felt).map(([id, value]) => ({ felt: { [id]: value } }));
      let room = OUTLIVES;
      for (const part of parts.sort((a, b) => bytesOf(a) - bytesOf(b))) {
        room -= bytesOf(part);
        post(url, part, { keepalive: room > 0 }).catch(() => {});
      }
      return;
    }
    if (inFlight && final) {
      // No time to wait for the answer; better a question about two texts than a lost one.
      post(url, { felt }, { keepalive: true }).catch(() => {});
      return;
    }
    save({ keepalive: true });
  }

  /**
   * The page is about to go, whatever comes («medvirk:forlat»). Resolves to whether all of it is safe somewhere.
   * `sealed` is told of the work that must not be cut short.
   */
  async function putAway(sealed = () => {}) {
    const cut = failures > 0 || globalThis.navigator?.onLine === false;
    // So much text may not get away whole: it is sealed here as well.
    const sealing = dirty.size > 0 && (cut || isLarge(payload(dirty))) && keep();
    sealed(sealing);
    leaving({ final: true });
    const stored = await sealing;
    await inFlight;
    return dirty.size === 0 || stored || keptThere || keep();
  }

  /** The device is ready to keep what cannot be sent. Until then nothing waits for it: what is typed is sent. */
  function useQueue(opened) {
    queue = opened;
  }

  /** The network is back, the page is seen again, somebody pressed «Send nå». */
  function retry() {
    if (dirty.size > 0) save();
  }

  /**
   * Takes over what an earlier visit could not send. Resolves when what fits stands in the form, however slow the line is; the rest
   * is on its way by then. What waits for other themes is not this page's to send (svarko.js).
   */
  async function restore() {
    if (!queue) return;
    const overtaken = [];
    for (const [address, felt, name, mark] of await queue.all().catch(() => [])) {
      if (address !== url) continue;
      kept = true;
      const elsewhere = {};
      for (const [id, value] of Object.entries(felt)) {
        const now = page.read(id);
        const alike = ["versjon", "merke", "sprak", "skriver"].every((name) => now?.[name] === value[name]);
        if (now && alike && (!touched.has(id) || same(now, value))) {
          page.write(id, value);
          dirty.add(id);
          touched.add(id);
        } else {
          elsewhere[id] = value;
        }
      }
      // What stands in the form is this page's to keep from here on: another page's row of the same text is not sent twice.
      const whole = Object.keys(elsewhere).length === Object.keys(felt).length;
      const ours = !whole && (await keep());
      if (!Object.keys(elsewhere).length) {
        if (ours || whole) await queue.takeAway(name, mark);
        continue;
      }
      const row = { name, mark: ours ? await queue.rewrite(name, elsewhere, mark) : mark };
      overtaken.push([elsewhere, whole || ours ? row : null]);
    }
    settling = settle(overtaken);
    retry();
  }

  /**
   * The server's text has changed since, or another one has been begun here: the server gets these with their old version,
   * keeps both when they differ, and asks. `row`: where they lie, when nothing else lies there.
   */
  async function settle(overtaken) {
    try {
      for (const [felt, row] of overtaken) {
        const response = await post(url, { felt });
        const answer = await jsonOf(response);
        if (!response.ok || answer.lagret === undefined) continue;
        if (answer.konflikt?.length) status.showConflict(answer.konflikt_url);
        onSaved(felt, answer);
        if (row) await queue.takeAway(row.name, row.mark);
        takeOver(felt, answer);
      }
    } catch {
      // No network: they stay where they are.
    }
  }

  /** What an earlier visit wrote has arrived by itself: show it, unless the server keeps two texts. */
  function takeOver(felt, answer) {
    for (const [id, version] of Object.entries(answer.felt ?? {})) {
      if (!(id in felt) || touched.has(id) || answer.konflikt?.includes(id)) continue;
      page.write(id, felt[id]);
      page.setVersion(id, version.versjon, version.merke);
    }
    if (!answer.konflikt?.length) status.show("lagret", { time: answer.lagret });
  }

  return {
    changed,
    save,
    retry,
    leaving,
    putAway,
    useQueue,
    restore,
    isUnsent: () => dirty.size > 0,
    isKept: () => kept,
    inFlight: () => inFlight,
    settled: () => settling,
  };
}
