// What could not be sent, kept on this device until it can: IndexedDB, encrypted (AES-GCM) under a key that only the
// signed-in server hands out. Nothing readable lies on a borrowed phone, and signing out erases it all.

import { deleteDB, openDB } from "idb";

export const DATABASE = "medvirk";
const STORE = "ko";

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Opens the queue. Resolves to null when the browser has no IndexedDB or WebCrypto, or refuses them (private window). */
export async function openQueue(keyBase64) {
  try {
    const raw = bytes(keyBase64);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    // Tells this person's rows from another's on the same phone, without saying whose they are.
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
    const owner = [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const db = await openDB(DATABASE, 1, {
      upgrade: (database) => database.createObjectStore(STORE),
      // The device is being erased (glem.js): do not stand in the way, and write nothing more.
      blocking: (_now, _next, event) => event.target.close(),
    });
    return queue(db, key, `${owner} `);
  } catch {
    return null;
  }
}

function queue(db, key, prefix) {
  const bound = (name) => ({ name: "AES-GCM", additionalData: new TextEncoder().encode(name) });

  return {
    /** Keep `value` for the address `url`, replacing what was there. */
    async put(url, value) {
      const name = prefix + url;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const clear = new TextEncoder().encode(JSON.stringify(value));
      const sealed = await crypto.subtle.encrypt({ ...bound(name), iv }, key, clear);
      await db.put(STORE, { iv, sealed }, name);
    },

    /** Everything this person has waiting: [url, value]. What does not open (another key) is left alone. */
    async all() {
      const waiting = [];
      for (const name of await db.getAllKeys(STORE)) {
        if (!String(name).startsWith(prefix)) continue;
        try {
          const { iv, sealed } = await db.get(STORE, name);
          const clear = await crypto.subtle.decrypt({ ...bound(name), iv }, key, sealed);
          waiting.push([name.slice(prefix.length), JSON.parse(new TextDecoder().decode(clear))]);
        } catch {
          continue;
        }
      }
      return waiting;
    },

    remove: (url) => db.delete(STORE, prefix + url),
  };
}

/** Erase everything of ours on this device (sign-out). */
export async function eraseDevice() {
  await Promise.allSettled([
    deleteDB(DATABASE),
    globalThis.caches?.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))),
  ]);
  try {
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // Storage is blocked: then there is nothing of ours in it.
  }
}
