// The device key, wrapped by what a passkey alone can compute (WebAuthn PRF): the phone asks for fingerprint or screen
// lock, without network, and nothing on the device opens without it. The server is not asked and learns nothing.

import { bytes, openDatabase, ownerOf } from "./lager.js";

const STORE = "nokler";
const ROW = "las";
const utf8 = new TextEncoder();

const fromUrl = (text) => bytes(text.replaceAll("-", "+").replaceAll("_", "/"));

/** What the passkey makes of `salt`; null when it cannot. Rejects when the person says no. */
async function prf(salt, ids) {
  if (!globalThis.PublicKeyCredential || !ids.length) return null;
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)), // nobody checks the signature: only the PRF is used
      rpId: location.hostname,
      allowCredentials: ids.map((id) => ({ type: "public-key", id })),
      userVerification: "required", // another PRF answers without it
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  const first = found?.getClientExtensionResults().prf?.results?.first;
  return first ? { id: found.rawId, secret: new Uint8Array(first) } : null;
}

async function wrapping(secret, salt) {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: utf8.encode("medvirk enhetsnokkel") };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Lock the device key with one of these passkeys (base64url ids). False when none of them can. */
export async function lock(keyBase64, ids) {
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const answer = await prf(salt, ids.map(fromUrl));
  if (!answer) return false;
  const [raw, iv] = [bytes(keyBase64), crypto.getRandomValues(new Uint8Array(12))];
  const owner = await ownerOf(raw);
  const how = { name: "AES-GCM", iv, additionalData: utf8.encode(owner) };
  const wrapped = await crypto.subtle.encrypt(how, await wrapping(answer.secret, salt), raw);
  await (await openDatabase()).put(STORE, { owner, id: answer.id, salt, iv, wrapped }, ROW);
  return true;
}

/** Whose key lies here, or null. */
export async function lockedFor() {
  return (await (await openDatabase()).get(STORE, ROW))?.owner ?? null;
}

/** The device key, after fingerprint or screen lock. null when it cannot be opened; rejects when the person says no. */
export async function unlock() {
  const row = await (await openDatabase()).get(STORE, ROW);
  const answer = row && (await prf(row.salt, [row.id]));
  if (!answer) return null;
  try {
    const how = { name: "AES-GCM", iv: row.iv, additionalData: utf8.encode(row.owner) };
    const raw = new Uint8Array(await crypto.subtle.decrypt(how, await wrapping(answer.secret, row.salt), row.wrapped));
    return { key: btoa(String.fromCharCode(...raw)), owner: row.owner };
  } catch {
    return null;
  }
}
