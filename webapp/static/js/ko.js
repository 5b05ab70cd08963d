// Answers that could not be sent, kept on this device until they can: sealed (lager.js), so that nothing readable lies
// on a borrowed phone. Each open page writes a row of its own: two tabs with the same theme never overwrite each other.

import { openStore } from "./lager.js";

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
  return {
    /** Keep `value` for the address `url`, replacing what this page had there. */
    put: async (url, value) => void (await store.put(STORE, mine(url), value)),

    /** Everything this person has waiting: [url, value, name, mark]. What does not open (another key) is left alone. */
    async all() {
      const waiting = [];
      for (const name of await store.names(STORE)) {
        const { value, mark } = await store.marked(STORE, name);
        if (value) waiting.push([name.split(" ")[0], value, name, mark]);
      }
      return waiting;
    },

    /** Other content for what `all()` gave, unless something newer has been written there since. */
    rewrite: (name, value, mark) => store.replace(STORE, name, value, mark),

    /** Forget what `all()` gave, unless something newer has been written there since. */
    takeAway: (name, mark) => store.takeAway(STORE, name, mark),

    /** Forget what this page has kept for `url`, or what lies under this name whatever it is. */
    remove: (url, name = mine(url)) => store.remove(STORE, name),
  };
}
