// The words of the scripts: those of the version that speaks, also on the first page after an update.

import assert from "node:assert/strict";
import { test } from "node:test";

import { words } from "../../webapp/static/js/ord.js";

/** A phone that has these words in Norwegian. */
function phone(kept) {
  const rows = new Map(kept ? [["ord nb", kept]] : []);
  return { rows, get: async (_store, name) => structuredClone(rows.get(name)), put: async (_store, value, name) => void rows.set(name, value) };
}
const server = (found) => async () => new Response(JSON.stringify(found));
const silent = () => new Promise(() => {});
const away = () => Promise.reject(new TypeError("no network"));

test("what this version has kept is there at once, and new words are kept for the next page", async () => {
  const db = phone({ venter: "Ligger her", version: "2" });
  assert.equal((await words("nb", db, { version: "2", get: silent })).venter, "Ligger her");
  await words("nb", db, { version: "2", get: server({ venter: "Ligger på telefonen" }) });
  await new Promise(setImmediate);
  assert.deepEqual(db.rows.get("ord nb"), { venter: "Ligger på telefonen", version: "2" });
});

test("after an update the server's come first: none is missing", async () => {
  for (const before of [{ venter: "Ligger her", version: "1" }, { venter: "Ligger her" }]) {
    const found = await words("nb", phone(before), { version: "2", get: server({ venter: "Ligger her", ny: "Nytt ord" }) });
    assert.equal(found.ny, "Nytt ord");
  }
});

test("after an update without network the old ones are better than none", async () => {
  assert.equal((await words("nb", phone({ venter: "Ligger her", version: "1" }), { version: "2", get: away })).venter, "Ligger her");
});

test("on a line that says nothing nobody waits, and what is missing is filled in when it comes", async () => {
  let answer;
  const get = () => new Promise((ok) => (answer = ok));
  const found = await words("nb", phone({ venter: "Ligger her", version: "1" }), { version: "2", get, patience: 1 });
  assert.equal(found.ny, undefined);
  answer(new Response(JSON.stringify({ venter: "Ligger her", ny: "Nytt ord" })));
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(found.ny, "Nytt ord");
});

test("where nothing is kept they are fetched, also when there is no room to keep them", async () => {
  assert.equal((await words("nb", null, { get: server({ venter: "Ligger her" }) })).venter, "Ligger her");
  const full = { ...phone(), put: () => Promise.reject(new Error("full")) };
  assert.equal((await words("nb", full, { get: server({ venter: "Ligger her" }) })).venter, "Ligger her");
  await assert.rejects(words("nb", null, { get: away }));
});
