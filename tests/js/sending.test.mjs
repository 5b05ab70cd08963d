// On the way to the server nothing waits for ever: other tabs wait for the lock of whoever sends.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createOutbox } from "../../webapp/static/js/utko.js";
import { device } from "./enhet.mjs";
import { browserLocks } from "./laser.mjs";

globalThis.document ??= { querySelector: () => null, querySelectorAll: () => [] };

/** A tab that sends what waits as the program does it: `told` is what it says of that. */
function scene() {
  const [store, locks, told] = [device(), browserLocks(), []];
  const timers = { setTimeout() {}, clearTimeout() {} };
  return { store, locks, told, outbox: createOutbox({ store, locks, timers, tell: ({ slag }) => told.push(slag) }) };
}
const form = { url: "/varsel/1/uttalelse", felter: [["ord", "x"]], tittel: "Svar", sprak: "nb" };

/** A network where nothing ever comes back, until the page gives it up. */
function deadLine(context) {
  const limits = [];
  context.mock.method(AbortSignal, "timeout", () => (limits.push(new AbortController()), limits.at(-1).signal));
  context.mock.method(globalThis, "fetch", (_url, { signal }) => new Promise((_ok, no) => signal?.addEventListener("abort", () => no(signal.reason))));
  return { giveUp: () => limits.forEach((limit) => limit.abort()), asked: () => globalThis.fetch.mock.callCount() };
}
const turns = async (enough) => {
  for (let i = 0; i < 100 && !enough(); i += 1) await null;
};

test("a dead line is given up, for forms and drafts, and the lock with it", async (context) => {
  for (const kind of ["form", "draft"]) {
    const line = deadLine(context);
    const { outbox, locks, told } = scene();
    await (kind === "form" ? outbox.add(form) : outbox.addDraft("/a", { ord: ["x"] }, "Svar"));
    const going = outbox.send();
    await turns(() => line.asked());
    line.giveUp();
    await turns(() => told.includes("frakoblet"));
    assert.equal(told.at(-1), "frakoblet", kind);
    await going;
    assert.equal(await locks.request("medvirk-send", { ifAvailable: true }, (lock) => Boolean(lock)), true);
    context.mock.restoreAll();
  }
});

test("a photo that stands still on the line is given up too", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  globalThis.XMLHttpRequest = class {
    upload = new EventTarget();
    #events = new EventTarget();
    open() {}
    setRequestHeader() {}
    addEventListener(...all) {
      this.#events.addEventListener(...all);
    }
    send() {
      asked.push(this);
    }
    abort() {
      this.#events.dispatchEvent(new Event("abort"));
    }
  };
  const { outbox, store, told } = scene();
  await outbox.add(form, [{ skjema: "/x", til: "/vedlegg", fil: new File(["x"], "a.jpg") }]);
  const going = outbox.send();
  await turns(() => asked.length);
  context.mock.timers.tick(30_000);
  await going;
  assert.equal(told.at(-1), "frakoblet");
  assert.equal(store.rows.size, 2, "the form and its file are still here");
  delete globalThis.XMLHttpRequest;
});
