import assert from "node:assert/strict";
import { test } from "node:test";

import { hold, isHeld, namePage, SIDE } from "../../webapp/static/js/utkastside.js";
import { browserLocks } from "./laser.mjs";

globalThis.document ??= {};
globalThis.document.createElement = () => ({});

const form = (...fields) => ({ fields, elements: { namedItem: (name) => fields.find((field) => field.name === name) ?? null }, append: (field) => fields.push(field) });
const idOf = ({ fields }) => fields.find(({ name }) => name === SIDE)?.value;

const settled = () => new Promise(setImmediate);
const navigator = (value) => Object.defineProperty(globalThis, "navigator", { value, configurable: true });

test("each opening of a page is one by itself", () => {
  const [one, other] = [form(), form()];
  for (const opened of [one, other]) namePage(opened);
  assert.match(idOf(one), /^[0-9a-f]{16}$/);
  assert.notEqual(idOf(one), idOf(other));
  namePage(one);
  assert.equal(one.fields.length, 1);
});

test("what the server has put there, or lies on the device, is written on", () => {
  const fetched = form({ name: SIDE, value: "a.b" });
  namePage(fetched);
  assert.equal(idOf(fetched), "a.b");
  const lying = form();
  namePage(lying, "c");
  namePage(lying);
  assert.equal(idOf(lying), "c");
});

test("what one page writes under, no other takes until it has let go", async () => {
  navigator({ locks: browserLocks() });
  const [one, other] = [form(), form()];
  namePage(one, "a.b");
  assert.ok(await isHeld("a"));
  assert.equal(await hold(other, "a", { ifAvailable: true }), false);
  assert.equal(await isHeld("c"), false);
  await one.medvirkSlipp();
  assert.equal(await isHeld("a"), false);
  assert.ok(await hold(other, "a", { ifAvailable: true }));
  namePage(other, "a.b");
  await other.medvirkSlipp();
  assert.equal(await isHeld("a"), false, "it was held once, and not once more when the form got its field");
});

test("the page that a form comes back on has its name when the one before it is gone", async () => {
  navigator({ locks: browserLocks() });
  const [before, after] = [form(), form({ name: SIDE, value: "a" })];
  namePage(before, "a");
  namePage(after);
  await settled();
  await before.medvirkSlipp();
  await settled();
  assert.ok(await isHeld("a"));
  await after.medvirkSlipp();
  assert.equal(await isHeld("a"), false);
});

test("where nobody can say whether a page is open, what lies here stands in its form again", async () => {
  navigator({});
  assert.ok(await hold(form(), "a", { ifAvailable: true }));
  assert.equal(await isHeld("a"), false);
});

test("where it cannot be found out, nothing is taken", async () => {
  navigator({ locks: { request: () => Promise.reject(new DOMException("", "InvalidStateError")) } });
  assert.equal(await hold(form(), "a", { ifAvailable: true }), false);
});
