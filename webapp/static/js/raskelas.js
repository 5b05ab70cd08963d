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
 * tab in front, nobody is away. Gives what is called when this page is seen, and when it goes out of sight.
 */
export function watchAway({ own, lock, storage = globalThis.localStorage, now = Date.now }) {
  const wanted = () => own() && quickLock(storage);
  function gone() {
    if (wanted()) storage.setItem(SEEN, String(now()));
  }
  function seen() {
    if (!wanted()) return;
    const last = Number(storage.getItem(SEEN));
    if (last && now() - last >= MINUTE) lock();
    gone();
  }
  return { seen, gone };
}

/** Looks after this page, and tells sesjon.js with «medvirk:las» that it is to be covered. */
export function startQuickLock({ own, unlock }) {
  const lock = () => document.dispatchEvent(new CustomEvent("medvirk:las", { detail: { unlock } }));
  const { seen, gone } = watchAway({ own, lock });
  const visible = () => document.visibilityState === "visible";
  document.addEventListener("visibilitychange", () => (visible() ? seen() : gone()));
  setInterval(() => visible() && seen(), OFTEN);
  if (visible()) seen();
}
