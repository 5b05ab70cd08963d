// Takes what is ours off this device: what the browser's own «Clear-Site-Data» does, also when the server cannot be reached, and
// more exactly: text that somebody else could not send is theirs. It is sealed, and the key is not on the device (decision 16).

import { ownPhone, sayWaiting, sayWhoIsIn } from "./merker.js";

const UNSENT = ["ko", "sendinger", "filer"]; // their keys begin with whose they are (lager.js)

const PATIENCE = 1_500; // ms: another tab may hold a database open; its rows are gone by then all the same

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const asked = (request) =>
  new Promise((done) => {
    for (const name of ["success", "error", "blocked"]) request.addEventListener(name, () => done(request.result));
  });

async function names() {
  try {
    return (await indexedDB.databases()).map(({ name }) => name);
  } catch {
    return ["medvirk"]; // Firefox before 126 cannot list them
  }
}

/**
 * Emptied first, then deleted: deleting waits for every tab that has it open, emptying waits for nobody. What is to be kept
 * of it stays, and `found` hears whose that is.
 */
async function forgetDatabase(name, stays, found) {
  const db = await asked(indexedDB.open(name));
  const left = new Set();
  if (db?.objectStoreNames?.length) {
    const change = db.transaction([...db.objectStoreNames], "readwrite");
    const done = new Promise((ok) => {
      change.oncomplete = change.onabort = ok;
    });
    for (const store of db.objectStoreNames) {
      const rows = change.objectStore(store);
      if (!stays || !UNSENT.includes(store)) rows.clear();
      else {
        rows.getAllKeys().onsuccess = ({ target }) => {
          for (const key of target.result) {
            const owner = String(key).split(" ")[0];
            if (stays(owner)) left.add(owner);
            else rows.delete(key);
          }
        };
      }
    }
    await done;
  }
  found([...left]);
  db?.close?.();
  if (!left.size) await asked(indexedDB.deleteDatabase(name));
}

/**
 * Erases databases, caches, workers and both storages. Never fails; what is blocked holds nothing of ours.
 * stays(owner): whose unsent text is left where it is. Resolves to whether there is any.
 */
export async function forgetDevice(stays = null) {
  let left = [];
  if (globalThis.document) document.cookie = "medvirk-telefon=; path=/; max-age=0"; // what was answered here (felles.js)
  for (const storage of ["sessionStorage", "localStorage"]) {
    try {
      globalThis[storage].clear();
    } catch {
      // Blocked: then there is nothing of ours in it.
    }
  }
  const found = (owners) => {
    left = left.concat(owners);
  };
  const work = [
    names().then((all) => Promise.allSettled(all.map((name) => forgetDatabase(name, stays, found)))),
    globalThis.caches?.keys().then((keys) => Promise.allSettled(keys.map((key) => caches.delete(key)))),
    navigator.serviceWorker?.getRegistrations().then((all) => Promise.allSettled(all.map((one) => one.unregister()))),
  ];
  await Promise.race([Promise.allSettled(work), wait(PATIENCE)]);
  for (const owner of left) sayWaiting(owner, true); // so that it is sent when they are back
  return left.length > 0;
}

/**
 * A session is over on a phone that nobody has called their own: caches, worker and flags go, and text that could not be sent
 * stays, sealed, until its owner is back. One that shows messages has been called their own too (paminnelse/valg.html).
 */
export async function forgetSession() {
  sayWhoIsIn(null);
  const own = ownPhone();
  if (own && own !== "nei") return;
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => null);
  if (await worker?.pushManager?.getSubscription().catch(() => null)) return;
  await forgetDevice(() => true);
}
