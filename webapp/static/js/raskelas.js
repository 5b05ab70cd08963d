// «Lås Medvirk når jeg har brukt noe annet i ett minutt»: a choice on an own phone («Denne telefonen»). The page is covered, with
// what was typed beneath it, and opens with fingerprint or screen lock, or by signing in (sesjon.js, decision 16).

import { untouched } from "./csrf.js";

const MINUTE = 60_000;
const OFTEN = 15_000;
const [CHOSEN, SEEN] = ["medvirk.lasraskt", "medvirk.sett"];

export function quickLock(storage = globalThis.localStorage) {
  try {
    return storage.getItem(CHOSEN) !== null;
  } catch {
    return false;
  }
}

export function sayQuickLock(on) {
  localStorage.removeItem(SEEN); // it counts from here
  if (on) localStorage.setItem(CHOSEN, "1");
  else localStorage.removeItem(CHOSEN);
}

/**
 * Calls `lock` when no page of ours has been seen for a minute. Every page that is seen says so now and then: with another
 * tab in front, nobody is away. Gives what is called when this page is seen, when it goes out of sight, and when somebody has opened it.
 * idle(): ms, for a page that is locked in the end whatever was chosen, also in sight when nobody has touched it for so long
 * (`still`: ms); 0: it is not. session: the mark of the one that the page
 * came in (platform/eier.py), "" for a page that lay on the device. Not any page of the way in: whoever has the phone can open that.
 */
export function watchAway({ own, lock, idle = () => 0, still = untouched, session = "", storage = globalThis.localStorage, now = Date.now }) {
  const limit = () => (quickLock(storage) ? MINUTE : idle());
  const wanted = () => own() && limit() > 0;
  const said = () => (storage.getItem(SEEN) ?? "").split(" ");
  const say = (time, whose) => storage.setItem(SEEN, `${time} ${whose}`.trim());
  let openedAt = now(); // by a press that not every aid for the eyes or hands makes known as a touch
  const left = () => idle() > 0 && Math.min(still(), now() - openedAt) >= idle();
  let locked = false; // a locked page speaks for nobody: the app's other windows are to be locked too when they are turned to
  // Whose session it was seen in is changed here and nowhere else: a page that an earlier one left open does not make the next
  // page look like another sign-in.
  if (session && wanted()) {
    const [last, whose] = said();
    if (!last || (whose && whose !== session)) say(now(), session); // whoever signed in is there: it counts from here
  }
  const stay = (time) => say(time, said()[1] ?? session);
  function gone() {
    if (wanted() && !locked) stay(now());
  }
  function seen() {
    if (!wanted()) return;
    const last = Number(said()[0]);
    // Either way: with a clock that was put back nobody knows how long it has been.
    if (last && (Math.abs(now() - last) >= limit() || left())) {
      locked = true;
      stay(last); // also where nobody had said in which session: whoever signs in then is not locked out again
      lock();
    }
    gone();
  }
  function opened() {
    locked = false;
    openedAt = now();
    gone();
  }
  return { seen, gone, opened };
}

// As long as a session without anybody lasts (sesjon.js). A page that was opened without network has none that ends.
const lasts = () => Number(document.getElementById("okt-varsel")?.dataset.minutter ?? 30) * MINUTE;

/** Looks after this page, and tells sesjon.js with «medvirk:las» that it is to be covered. `just`: somebody has opened it just now, without network. */
export function startQuickLock({ own, unlock, just = false }) {
  const session = document.querySelector('meta[name="enhetsnokkel"]')?.dataset.palogging;
  const { seen, gone, opened } = watchAway({ own, lock, session, idle: just ? lasts : undefined });
  const open = async () => {
    const right = await unlock();
    if (right) opened();
    return right;
  };
  function lock() {
    document.dispatchEvent(new CustomEvent("medvirk:las", { detail: { unlock: open } }));
  }
  const visible = () => document.visibilityState === "visible";
  document.addEventListener("visibilitychange", () => (visible() ? seen() : gone()));
  setInterval(() => visible() && seen(), OFTEN);
  if (just) opened();
  else if (visible()) seen();
}
