// The lock after a minute away: when it comes, with a clock and a device that the test holds in its hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { reached } from "../../webapp/static/js/csrf.js";
import { quickLock, watchAway } from "../../webapp/static/js/raskelas.js";

function scene({ chosen = true, own = true } = {}) {
  const rows = new Map(chosen ? [["medvirk.lasraskt", "1"]] : []);
  const storage = { getItem: (name) => rows.get(name) ?? null, setItem: (name, value) => rows.set(name, value) };
  const it = { storage, time: 1_000_000, touched: 1_000_000, locked: 0 };
  it.tab = (idle, session) => watchAway({ own: () => own, lock: () => (it.locked += 1), idle, session, storage, still: () => it.time - it.touched, now: () => it.time });
  return it;
}

test("it is a choice, for own phones, and off until it is made", () => {
  for (const how of [{ chosen: false }, { own: false }]) {
    const it = scene(how);
    const tab = it.tab();
    tab.gone();
    it.time += 600_000;
    tab.seen();
    assert.equal(it.locked, 0);
  }
  assert.equal(quickLock(scene({ chosen: false }).storage), false);
});

test("a minute out of sight locks, less does not", () => {
  const it = scene();
  const tab = it.tab();
  tab.gone();
  it.time += 59_999;
  tab.seen();
  assert.equal(it.locked, 0);
  tab.gone();
  it.time += 60_000;
  tab.seen();
  assert.equal(it.locked, 1);
});

test("also when the browser threw the page away meanwhile, and it is loaded anew", () => {
  const it = scene();
  it.tab().gone();
  it.time += 60_000;
  it.tab().seen();
  assert.equal(it.locked, 1);
});

test("with another of our pages in sight nobody was away, in whatever order the two hear of it", () => {
  const it = scene();
  const [one, other] = [it.tab(), it.tab()];
  other.gone();
  for (let i = 0; i < 40; i += 1) {
    it.time += 15_000;
    one.seen();
  }
  other.seen();
  one.gone();
  assert.equal(it.locked, 0);
});

test("a phone that slept with the page in front was away", () => {
  const it = scene();
  const tab = it.tab();
  tab.seen();
  it.time += 300_000;
  tab.seen();
  assert.equal(it.locked, 1);
});

test("a locked page speaks for nobody: the next window that is seen is locked too, and none once one is opened", () => {
  const it = scene();
  const [one, other, third] = [it.tab(), it.tab(), it.tab()];
  one.gone();
  it.time += 60_000;
  one.seen();
  one.seen(); // it looks again now and then, also beneath its cover
  one.gone();
  it.locked = 0;
  other.seen();
  assert.equal(it.locked, 1);
  other.opened();
  third.seen();
  assert.equal(it.locked, 1);
});

test("what was opened without network is locked after half an hour, whatever was chosen", () => {
  const it = scene({ chosen: false });
  const [one, other] = [it.tab(() => 1_800_000), it.tab()];
  one.opened();
  it.time += 1_799_999;
  one.seen();
  assert.equal(it.locked, 0);
  it.time += 1_800_000;
  other.seen(); // a page with a session of its own, which ends by itself (sesjon.js)
  assert.equal(it.locked, 0);
  one.seen();
  assert.equal(it.locked, 1);
});

test("and in sight, when nobody has touched it for so long", () => {
  const it = scene({ chosen: false });
  const [kept, ordinary] = [it.tab(() => 1_800_000), it.tab()];
  const looks = (minutes) => {
    for (let i = 0; i < minutes * 4; i += 1) {
      it.time += 15_000;
      for (const one of [kept, ordinary]) one.seen();
    }
  };
  kept.opened();
  looks(20);
  it.touched = it.time;
  looks(29);
  assert.equal(it.locked, 0);
  looks(1);
  assert.equal(it.locked, 1);
  kept.opened(); // with something that makes no touch known
  looks(29);
  assert.equal(it.locked, 1);
});

test("a clock that was put back meanwhile opens nothing", () => {
  const it = scene();
  const tab = it.tab();
  tab.gone();
  it.time -= 3_600_000;
  tab.seen();
  assert.equal(it.locked, 1);
});

test("with another session it counts anew, and with the same one no page does", () => {
  const it = scene();
  it.tab(undefined, "one").gone();
  it.time += 600_000;
  it.tab(undefined, "one").seen(); // whatever was opened in between
  assert.equal(it.locked, 1);
  const next = it.tab(undefined, "two");
  next.seen();
  assert.equal(it.locked, 1);
  it.time += 60_000;
  next.seen();
  assert.equal(it.locked, 2);
});

test("a page that an earlier session left open does not unlock what comes after it", () => {
  const it = scene();
  const old = it.tab(undefined, "one");
  it.tab(undefined, "two").seen();
  old.gone();
  it.time += 60_000;
  old.seen();
  it.tab(undefined, "two").seen();
  assert.equal(it.locked, 2);
});

test("nor does a page that lay on the device, which has no session", () => {
  const it = scene();
  it.tab(undefined, "one").gone();
  const kept = it.tab(() => 1_800_000);
  kept.opened();
  it.time += 60_000;
  it.tab(undefined, "one").seen();
  assert.equal(it.locked, 1);
});

test("where no session was said, it locks once, and whoever signs in then is not locked out again", () => {
  const it = scene();
  it.storage.setItem("medvirk.sett", String(it.time)); // as it was written until now
  it.time += 60_000;
  it.tab(undefined, "one").seen();
  assert.equal(it.locked, 1);
  it.tab(undefined, "two").seen();
  assert.equal(it.locked, 1);
});

test("signed in and put away before the page was in sight: it counts from when it came", () => {
  const it = scene();
  it.tab(undefined, "one").gone();
  it.time += 600_000;
  const next = it.tab(undefined, "two");
  it.time += 60_000;
  next.seen();
  assert.equal(it.locked, 1);
});

test("a locked page that asks whether there is a network does not say who asks: opening it still takes the mark back", async (t) => {
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  const asked = t.mock.method(globalThis, "fetch", async () => new Response('{"ok":true}'));
  assert.equal(await reached(1_000), true);
  assert.equal(asked.mock.calls[0].arguments[1].credentials, "omit");
});
