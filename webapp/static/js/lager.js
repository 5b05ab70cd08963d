// What lies on this device, all of it sealed (AES-GCM, bound to its place) under a key that the signed-in server hands
// out: text that waits to be sent, and on own phones the pages that are needed without network. Signing out erases it.

import { openDB } from "idb";

export const DATABASE = "medvirk";
const VERSION = 2;
// ko: answers that wait · sendinger: forms that wait · filer: their files · lager: pages · nokler: wrapped keys, and words
const STORES = ["ko", "sendinger", "filer", "lager", "nokler"];

export const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const utf8 = new TextEncoder();

/** The database. Rejects when there is none (private window), or an old page of ours holds it open. */
export function openDatabase() {
  return new Promise((resolve, reject) => {
    openDB(DATABASE, VERSION, {
      upgrade(db) {
        for (const name of STORES) if (!db.objectStoreNames.contains(name)) db.createObjectStore(name);
      },
      blocked: () => reject(new Error("an older page has it open")),
      // The device is being erased (glem.js), or a newer page wants it: do not stand in the way, and write nothing more.
      blocking: (_now, _next, event) => event.target.close(),
    }).then(resolve, reject);
  });
}

/** Tells this person's rows from another's on the same phone, without saying whose they are (platform/rendering.py). */
export async function ownerOf(raw) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** This person's rows on this device. Rejects where nothing can be kept. */
export async function openStore(keyBase64) {
  const raw = bytes(keyBase64);
  const [key, owner, db] = await Promise.all([
    crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]),
    ownerOf(raw),
    openDatabase(),
  ]);
  const prefix = `${owner} `;
  const mine = () => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const bound = (store, name) => ({ name: "AES-GCM", additionalData: utf8.encode(store === "ko" ? prefix + name : `${store} ${prefix}${name}`) });

  const coded = (value) => utf8.encode(JSON.stringify(value));
  // Drawn anew with every writing: it tells whether a row is still the one that was read.
  const markOf = (row) => (row ? row.iv.join() : null);

  async function sealed(store, name, clear) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, sealed: await crypto.subtle.encrypt({ ...bound(store, name), iv }, key, clear) };
  }

  async function putBytes(store, name, clear) {
    const row = await sealed(store, name, clear);
    await db.put(store, row, prefix + name);
    return row.sealed.byteLength;
  }

  async function opened(store, name, row) {
    if (!row) return undefined;
    try {
      return await crypto.subtle.decrypt({ ...bound(store, name), iv: row.iv }, key, row.sealed);
    } catch {
      return undefined;
    }
  }

  /** undefined when it is not there, or does not open (written under another key, or meddled with). */
  const getBytes = async (store, name) => opened(store, name, await db.get(store, prefix + name));

  /** The value with its row's mark, null where there is no row: {value, mark}. */
  async function marked(store, name) {
    const row = await db.get(store, prefix + name);
    const clear = await opened(store, name, row);
    return { value: clear && JSON.parse(new TextDecoder().decode(clear)), mark: markOf(row) };
  }

  /** `change(its store)` in the transaction that sees that the row still has this mark. Resolves to whether it had. */
  async function whileMarked(store, name, mark, change) {
    const work = db.transaction(store, "readwrite");
    const same = markOf(await work.store.get(prefix + name)) === mark;
    if (same) change(work.store);
    await work.done;
    return same;
  }

  return {
    owner,
    putBytes,
    getBytes,
    marked,
    put: (store, name, value) => putBytes(store, name, coded(value)),
    get: async (store, name) => (await marked(store, name)).value,
    /** Writes over the row that `marked()` gave, and over no newer one. Resolves to the new mark, or null. */
    async replace(store, name, value, mark) {
      const row = await sealed(store, name, coded(value));
      return (await whileMarked(store, name, mark, (rows) => rows.put(row, prefix + name))) ? markOf(row) : null;
    },
    /** Takes away the row that `marked()` gave, and no newer one. Resolves to whether it was that one. */
    takeAway: (store, name, mark) => whileMarked(store, name, mark, (rows) => rows.delete(prefix + name)),
    /** Names in order. */
    names: async (store) => (await db.getAllKeys(store, mine())).map((name) => String(name).slice(prefix.length)),
    remove: (store, name) => db.delete(store, prefix + name),
    close: () => db.close(),
  };
}

/** The key that the server handed out with this page, or that was unlocked without network; and whose it is. */
export const deviceKey = () => document.querySelector('meta[name="enhetsnokkel"]')?.content;
