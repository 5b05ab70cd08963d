// What a page sends when nobody is there keeps nobody signed in (decision 16).

import assert from "node:assert/strict";
import { test } from "node:test";

const listeners = {};
globalThis.addEventListener = (type, heard) => (listeners[type] = heard);
const { isUnattended, postJson } = await import("../../webapp/static/js/csrf.js");

async function headersOf(minutes) {
  const [before, clock] = [globalThis.fetch, Date.now];
  const later = clock() + minutes * 60_000;
  let sent;
  globalThis.document = { querySelector: () => null };
  globalThis.fetch = async (_url, options) => ((sent = options.headers), new Response("{}"));
  Date.now = () => later;
  await postJson("/lagre", {});
  [globalThis.fetch, Date.now] = [before, clock];
  return sent;
}

test("sent while somebody is there it says nothing, and a minute later that nobody is", async () => {
  assert.equal((await headersOf(0))["X-Medvirk-Alene"], undefined);
  assert.equal((await headersOf(2))["X-Medvirk-Alene"], "1");
});

test("whoever touches, types or presses a key is there", () => {
  for (const type of ["pointerdown", "keydown", "input"]) {
    const [clock, later] = [Date.now, Date.now() + 3_600_000];
    assert.ok(isUnattended(later));
    Date.now = () => later;
    listeners[type]();
    assert.ok(!isUnattended());
    Date.now = () => clock() - 3_600_000; // and away again
    listeners[type]();
    Date.now = clock;
  }
});
