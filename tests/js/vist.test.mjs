// What waits until the page has been shown (vist.js): it must not wait for ever, nor where nobody is looking.

import assert from "node:assert/strict";
import { test } from "node:test";

import { shown } from "../../webapp/static/js/vist.js";

/** A page of a browser: what it has painted, whether it is looked at, and whether it tells of its paints. */
function page({ painted = [], visibilityState = "visible", tells = true } = {}) {
  const it = { timers: [], observers: [] };
  class Observer {
    static supportedEntryTypes = tells ? ["paint"] : [];
    constructor(told) {
      this.told = told;
      it.observers.push(this);
    }
    observe() {
      this.watching = true;
    }
    disconnect() {
      this.watching = false;
    }
  }
  return Object.assign(it, {
    document: { visibilityState },
    performance: { getEntriesByType: () => painted },
    PerformanceObserver: Observer,
    setTimeout: (work, after) => it.timers.push([work, after]),
  });
}

async function resolved(promise) {
  const later = new Promise((done) => setTimeout(done, 0, "waits"));
  return (await Promise.race([promise.then(() => "done"), later])) === "done";
}

test("waits until the browser has painted, and listens no longer", async () => {
  const it = page();
  const promise = shown(it);
  assert.equal(await resolved(promise), false);
  it.observers[0].told();
  assert.equal(await resolved(promise), true);
  assert.equal(it.observers[0].watching, false);
});

for (const [name, how] of Object.entries({
  "a page that is on the screen already": { painted: [{ name: "first-paint" }] },
  "a page in another tab": { visibilityState: "hidden" },
  "a browser that does not tell": { tells: false },
})) {
  test(`does not wait: ${name}`, async () => assert.equal(await resolved(shown(page(how))), true));
}

test("a page that has nothing to show does not wait for ever", async () => {
  const it = page();
  const promise = shown(it);
  const [[work, after]] = it.timers;
  assert.ok(after <= 1_000);
  work();
  assert.equal(await resolved(promise), true);
});
