// Takes everything of ours off this device: what the browser's own «Clear-Site-Data» does, also when the server cannot be reached.

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

/** Emptied first, then deleted: deleting waits for every tab that has it open, emptying waits for nobody. */
async function forgetDatabase(name) {
  const db = await asked(indexedDB.open(name));
  if (db?.objectStoreNames?.length) {
    const change = db.transaction([...db.objectStoreNames], "readwrite");
    const done = new Promise((ok) => {
      change.oncomplete = change.onabort = ok;
    });
    for (const store of db.objectStoreNames) change.objectStore(store).clear();
    await done;
  }
  db?.close?.();
  await asked(indexedDB.deleteDatabase(name));
}

/** Erases databases, caches, workers and both storages. Never fails; what is blocked holds nothing of ours. */
export async function forgetDevice() {
  for (const storage of ["sessionStorage", "localStorage"]) {
    try {
      globalThis[storage].clear();
    } catch {
      // Blocked: then there is nothing of ours in it.
    }
  }
  const work = [
    names().then((all) => Promise.allSettled(all.map(forgetDatabase))),
    globalThis.caches?.keys().then((keys) => Promise.allSettled(keys.map((key) => caches.delete(key)))),
    navigator.serviceWorker?.getRegistrations().then((all) => Promise.allSettled(all.map((one) => one.unregister()))),
  ];
  await Promise.race([Promise.allSettled(work), wait(PATIENCE)]);
}
