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

  async function putBytes(store, name, clear) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ ...bound(store, name), iv }, key, clear);
    await db.put(store, { iv, sealed }, prefix + name);
    return sealed.byteLength;
  }

  /** undefined when it is not there, or does not open (written under another key, or meddled with). */
  async function getBytes(store, name) {
    const row = await db.get(store, prefix + name);
    if (!row) return undefined;
    try {
      return await crypto.subtle.decrypt({ ...bound(store, name), iv: row.iv }, key, row.sealed);
    } catch {
      return undefined;
    }
  }

  return {
    owner,
    putBytes,
    getBytes,
    put: (store, name, value) => putBytes(store, name, utf8.encode(JSON.stringify(value))),
    async get(store, name) {
      const clear = await getBytes(store, name);
      return clear && JSON.parse(new TextDecoder().decode(clear));
    },
    /** Names in order. */
    names: async (store) => (await db.getAllKeys(store, mine())).map((name) => String(name).slice(prefix.length)),
    remove: (store, name) => db.delete(store, prefix + name),
    close: () => db.close(),
  };
}

/** The key that the server handed out with this page, or that was unlocked without network; and whose it is. */
export const deviceKey = () => document.querySelector('meta[name="enhetsnokkel"]')?.content;

/** «Dette er min egen telefon»: whose it is, said on this device only. null: nobody has said so; «nei»: asked, and no. */
const FLAG = "medvirk.min";
export function ownPhone() {
  try {
    return localStorage.getItem(FLAG);
  } catch {
    return null;
  }
}
export function sayOwnPhone(owner) {
  try {
    if (owner) localStorage.setItem(FLAG, owner);
    else localStorage.removeItem(FLAG);
    return true;
  } catch {
    return false;
  }
}
