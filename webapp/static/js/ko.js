// Answers that could not be sent, kept on this device until they can: sealed (lager.js), so that nothing readable lies
// on a borrowed phone. Each open page writes a row of its own: two tabs with the same theme never overwrite each other.

import { openStore } from "./lager.js";
import { sayWaiting } from "./merker.js";

const STORE = "ko";

/** Opens the queue. Resolves to null when the browser has no IndexedDB or WebCrypto, or refuses them (private window). */
export async function openQueue(keyBase64) {
  try {
    return queue(await openStore(keyBase64));
  } catch {
    return null;
  }
}

export function queue(store, page = crypto.randomUUID()) {
  const mine = (url) => `${url} ${page}`;
  const waits = () => sayWaiting(store.owner, true); // so that the next page, whichever it is, sends it (felles.js)

  /** Whether anything is left, of forms too. Looked at twice: another tab may write in between. */
  async function sayWhatIsLeft() {
    const left = async () => (await Promise.all([STORE, "sendinger"].map(store.names))).flat().length > 0;
    if (await left()) return;
    sayWaiting(store.owner, false);
    if (await left()) waits();
  }

  return {
    /** Keep `value` for the address `url`, replacing what this page had there. */
    async put(url, value) {
      await store.put(STORE, mine(url), value);
      waits();
    },

    /** Everything this person has waiting: [url, value, name, mark]. What does not open (another key) is left alone. */
    async all() {
      const waiting = [];
      for (const name of await store.names(STORE)) {
        const { value, mark } = await store.marked(STORE, name);
        if (value) waiting.push([name.split(" ")[0], value, name, mark]);
      }
      if (waiting.length) waits();
      return waiting;
    },

    /** Other content for what `all()` gave, unless something newer has been written there since. */
    rewrite: (name, value, mark) => store.replace(STORE, name, value, mark),

    /** Forget what `all()` gave, unless something newer has been written there since. */
    async takeAway(name, mark) {
      const same = await store.takeAway(STORE, name, mark);
      await sayWhatIsLeft();
      return same;
    },

    /** Forget what this page has kept for `url`, or what lies under this name whatever it is. */
    async remove(url, name = mine(url)) {
      await store.remove(STORE, name);
      await sayWhatIsLeft();
    },
  };
}
