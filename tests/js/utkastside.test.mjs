import assert from "node:assert/strict";
import { test } from "node:test";

import { namePage, SIDE } from "../../webapp/static/js/utkastside.js";

globalThis.document ??= {};
globalThis.document.createElement = () => ({});

const form = (...fields) => ({ fields, elements: { namedItem: (name) => fields.find((field) => field.name === name) ?? null }, append: (field) => fields.push(field) });
const idOf = ({ fields }) => fields.find(({ name }) => name === SIDE)?.value;

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
