// Loaded when somebody signs out: what waits on this device gets a last chance before the device is erased.

import { jsonOf, postJson } from "./csrf.js";
import { openQueue } from "./ko.js";

/** Sends everything that waits. Resolves to how many addresses still have something unsent. */
export async function sendWaiting() {
  const key = document.querySelector('meta[name="enhetsnokkel"]')?.content;
  const queue = key ? await openQueue(key) : null;
  let left = 0;
  for (const [url, felt] of (await queue?.all()) ?? []) {
    try {
      const response = await postJson(url, { felt });
      if (!response.ok || (await jsonOf(response)).lagret === undefined) throw new Error("not saved");
      await queue.remove(url);
    } catch {
      left += 1;
    }
  }
  return left;
}
