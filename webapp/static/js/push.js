// Messages on this phone: on, off. <div data-push="PUBLIC KEY" data-nei="…" …> holds two buttons and a line; every text
// is a data attribute, already translated (paminnelse/valg.html). The worker that shows the messages is sw.js.

import { jsonOf, postJson, renewCsrf } from "./csrf.js";

const PATH = "/mer/paminnelser/push";

/** The public key as the browser wants it. */
export function keyBytes(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Whether a subscription was made with our key: after a change of key the old one gets nothing any more. */
export function madeWith(subscription, key) {
  const theirs = subscription.options?.applicationServerKey;
  if (!theirs) return true;
  const bytes = new Uint8Array(theirs);
  return bytes.length === key.length && bytes.every((byte, place) => byte === key[place]);
}

/** Whether our server has heard it: a page of the network one is on answers too. `post`: for tests. */
export async function send(url, body, post = postJson) {
  let response = await post(url, body);
  let answer = await jsonOf(response);
  if (response.status === 400 && answer.csrf) {
    renewCsrf(answer.csrf);
    response = await post(url, body);
    answer = await jsonOf(response);
  }
  return response.ok && answer.ok !== undefined;
}

/** What the server calls a subscription on the page: the beginning of the hash of its address. */
async function mark(subscription) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  return [...new Uint8Array(hash).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function registration() {
  // .ready waits for ever where no worker was registered (private windows, blocked storage).
  return Promise.race([
    navigator.serviceWorker.ready,
    new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no worker")), 10_000)),
  ]);
}

async function turnOn(key) {
  if ((await Notification.requestPermission()) !== "granted") return "nei";
  const { pushManager } = await registration();
  let subscription = await pushManager.getSubscription();
  if (subscription && !madeWith(subscription, key)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  if (await send(PATH, subscription.toJSON())) return "pa";
  await subscription.unsubscribe();
  return "feil";
}

async function turnOff() {
  const { pushManager } = await registration();
  const subscription = await pushManager.getSubscription();
  if (!subscription) return "av";
  // The server first: a browser that has let go can no longer say which one it was.
  const told = await send(`${PATH}/av`, { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
  return told ? "av" : "feil";
}

async function start(box) {
  const on = box.querySelector("[data-push-pa]");
  const off = box.querySelector("[data-push-av]");
  const line = box.querySelector("[data-push-melding]");
  const show = (isOn) => {
    on.hidden = isOn;
    off.hidden = !isOn;
  };
  const say = (what) => {
    line.textContent = box.dataset[what] ?? box.dataset.feil;
  };
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis) || !("Notification" in globalThis)) {
    say("ikkeStotte");
    return;
  }
  const key = keyBytes(box.dataset.push);
  const press = (button, act) =>
    button.addEventListener("click", async () => {
      button.setAttribute("aria-busy", "true");
      let result;
      try {
        result = await act();
      } catch (error) {
        result = error?.name === "NotAllowedError" ? "nei" : "feil";
      }
      button.removeAttribute("aria-busy");
      if (result === "pa" || result === "av") show(result === "pa");
      say(result);
    });
  press(on, () => turnOn(key));
  press(off, turnOff);
  show(false);
  try {
    const there = await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();
    // On for this person, and not only for somebody who used the phone before (K10).
    if (there && madeWith(there, key) && (box.dataset.pushKjente ?? "").split(" ").includes(await mark(there))) show(true);
  } catch {
    // no storage, no worker: the button says so when it is pressed
  }
}

if (globalThis.document) for (const box of document.querySelectorAll("[data-push]")) start(box);
