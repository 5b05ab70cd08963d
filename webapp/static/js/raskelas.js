// «Lås Medvirk når jeg har brukt noe annet i ett minutt»: a choice on an own phone («Denne telefonen»). The page is covered, with
// what was typed beneath it, and opens with fingerprint or screen lock, or by signing in (sesjon.js, decision 16).

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
  if (on) localStorage.setItem(CHOSEN, "1");
  else for (const name of [CHOSEN, SEEN]) localStorage.removeItem(name);
}

/**
 * Calls `lock` when no page of ours has been seen for a minute. Every page that is seen says so now and then: with another
 * tab in front, nobody is away. Gives what is called when this page is seen, when it goes out of sight, and when somebody has opened it.
 */
export function watchAway({ own, lock, storage = globalThis.localStorage, now = Date.now }) {
  const wanted = () => own() && quickLock(storage);
  let locked = false; // a locked page speaks for nobody: the app's other windows are to be locked too when they are turned to
  function gone() {
    if (wanted() && !locked) storage.setItem(SEEN, String(now()));
  }
  function seen() {
    if (!wanted()) return;
    const last = Number(storage.getItem(SEEN));
    // Either way: with a clock that was put back nobody knows how long it has been.
    if (last && Math.abs(now() - last) >= MINUTE) {
      locked = true;
      lock();
    }
    gone();
  }
  function opened() {
    locked = false;
    gone();
  }
  return { seen, gone, opened };
}

/** Looks after this page, and tells sesjon.js with «medvirk:las» that it is to be covered. `just`: somebody has opened it just now. */
export function startQuickLock({ own, unlock, just = false }) {
  const { seen, gone, opened } = watchAway({ own, lock });
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
