// What the device says of whose it is, and who has borrowed it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isAnotherIn, sayOwnPhone, sayWhoIsIn } from "../../webapp/static/js/merker.js";

const said = new Map();
globalThis.localStorage = { getItem: (name) => said.get(name) ?? null, setItem: (name, value) => said.set(name, value), removeItem: (name) => said.delete(name) };

test("while somebody else is signed in, an own phone is not open to its owner; when their time is up it is", () => {
  sayOwnPhone("a");
  sayWhoIsIn("b", 1_000);
  assert.deepEqual([isAnotherIn("a", 999), isAnotherIn("a", 1_000), isAnotherIn("b", 999)], [true, false, false]);
  sayWhoIsIn("a", 2_000);
  assert.equal(isAnotherIn("a", 999), false, "its owner is back");
  sayWhoIsIn("b", 1_000);
  sayWhoIsIn(null);
  assert.equal(isAnotherIn("a", 999), false, "they have left");
  sayWhoIsIn("b", 1_000);
  sayOwnPhone("b");
  assert.equal(isAnotherIn("b", 999), false, "it is theirs now");
});

test("a phone that is nobody's own keeps nothing of who is signed in", () => {
  for (const own of [null, "nei"]) {
    said.clear();
    sayOwnPhone(own);
    sayWhoIsIn("b", 1_000);
    assert.deepEqual([...said.keys()], own ? ["medvirk.min"] : []);
  }
});
