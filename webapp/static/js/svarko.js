// Answers of themes that wait on this device while their page is not open: sent when there is a network, each row for itself.

import { jsonOf, postJson, renewCsrf } from "./csrf.js";
import { createRetry, retryAfter } from "./igjen.js";

const STOPS = new Set([401, 429, 503]); // what one row is told, the next one would be told too

/**
 * kept: from queue(). here(): the address of the page that is open and sends its own, if any. again(): what is done by itself when
 * the server could not take them, or was not there; without it nothing is (the page is on its way out). arrived(url, felt, answer):
 * the server has these, and they lie here still.
 */
export function createAnswers({ kept, here = () => undefined, post = postJson, again = null, arrived = () => {}, timers = globalThis }) {
  const retry = createRetry(() => again?.(), timers);
  const refused = new Map(); // what the server will not have, and what it says: shown with every word, never thrown away

  const waiting = async () => (await kept.all()).filter(([url]) => url !== here());

  /** A form key that is too old is renewed once. */
  async function posted(url, felt) {
    for (let renewed = false; ; renewed = true) {
      const response = await post(url, { felt });
      const answer = await jsonOf(response);
      if (response.status !== 400 || !answer.csrf || renewed) {
        const saved = response.ok && answer.lagret !== undefined;
        if (saved) await arrived(url, felt, answer);
        return { status: response.status, vent: retryAfter(response.headers), saved, answer };
      }
      renewCsrf(answer.csrf);
    }
  }

  async function one([url, felt, name, mark]) {
    const { status, vent, saved, answer } = await posted(url, felt);
    // Written anew by its page in the meantime: then it is the newer text that waits.
    if (saved) await kept.takeAway(name, mark);
    if (status === 422 || status === 404) {
      // The others of the same page are not to wait for the one that the server does not know any more.
      const no = Object.keys(answer.felt ?? {}).filter((id) => id in felt);
      const rest = Object.keys(felt).filter((id) => !no.includes(id));
      const part = (ids) => Object.fromEntries(ids.map((id) => [id, felt[id]]));
      if (no.length && rest.length && (await posted(url, part(rest))).saved) await kept.rewrite(name, part(no), mark);
      refused.set(name, Object.values(answer.felt ?? {}));
    }
    return { status, vent };
  }

  /** Sends what waits, and resolves to how many rows still do. */
  async function send() {
    retry.cancel();
    let wait = null; // ms, or 0: as long as we think best. null: there is nothing to try again
    try {
      for (const row of await waiting()) {
        const { status, vent } = await one(row);
        if (status === 429 || status >= 500) wait = Math.max(wait ?? 0, vent);
        if (STOPS.has(status)) break;
      }
    } catch {
      wait = 0; // no network: they stay where they are
    }
    if (wait === null) retry.worked();
    else if (again) retry.later(wait);
    return (await waiting()).length;
  }

  return { send, waiting, messages: (name) => refused.get(name) };
}
