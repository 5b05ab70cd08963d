// Is there a network? The browser's word for yes cannot be trusted; what failed, and what came through, can.

import { reached } from "./csrf.js";

const ASK_AGAIN = 15_000; // ms
const PATIENCE = 10_000; // ms

let lost = false;
let timer = null;
const listeners = new Set();

export const offline = () => lost || navigator.onLine === false;
export const onLine = (listener) => listeners.add(listener);

export function heard(there) {
  const before = offline();
  lost = !there;
  clearTimeout(timer);
  // The browser thinks that there is a network (a router without a line): nobody tells when it works again.
  if (lost) timer = setTimeout(ask, ASK_AGAIN);
  if (before !== offline()) for (const listener of listeners) listener(offline());
}

async function ask() {
  heard(document.visibilityState === "visible" && (await reached(PATIENCE)));
}

// On a bus the browser says «offline» and «online» in one breath, and there is no network yet: the server is asked.
addEventListener("online", async () => {
  if (await reached(PATIENCE)) heard(true);
});
addEventListener("offline", () => heard(false));
