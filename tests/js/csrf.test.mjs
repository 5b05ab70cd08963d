// Talking to the server: what a page sends when nobody is there keeps nobody signed in (decision 16), and only its own word is an answer.

import assert from "node:assert/strict";
import { test } from "node:test";

const listeners = {};
globalThis.addEventListener = (type, heard) => (listeners[type] = heard);
const { isUnattended, postJson, reached } = await import("../../webapp/static/js/csrf.js");

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

test("the server has been reached when it has said so itself: a page of the network one is on says nothing", async () => {
  const before = globalThis.fetch;
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  const answers = async (body, status = 200) => {
    globalThis.fetch = async () => new Response(body, { status });
    return reached(1_000);
  };
  assert.equal(await answers('{"ok":true}'), true);
  for (const [body, status] of [["<h1>Wi-Fi</h1>"], ["{}"], ["null"], ['{"ok":false}', 503], ['{"ok":true}', 502]]) assert.equal(await answers(body, status), false, body);
  globalThis.fetch = before;
});
