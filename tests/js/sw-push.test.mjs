// What is shown when a push message comes, and where a press leads. The words never say what there is news about (S6).

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { notificationclick, push } from "../../webapp/static/js/sw-push.js";

let shown, opened, windows;

beforeEach(() => {
  shown = [];
  opened = [];
  windows = [];
  globalThis.self = {
    registration: {
      showNotification: async (title, options) => shown.push({ title, ...options }),
      getNotifications: async ({ tag }) => shown.filter((one) => one.tag === tag).slice(-1),
    },
    clients: { matchAll: async () => windows, openWindow: async (path) => opened.push(path) },
  };
});

/** The event as the browser gives it; resolves when the worker may be put to sleep. */
async function happens(handler, event) {
  const waits = [];
  handler({ ...event, waitUntil: (promise) => waits.push(promise) });
  assert.ok(waits.length, "the browser is asked to wait");
  await Promise.all(waits);
}

const comes = (text) => happens(push, { data: text === null ? null : { json: () => JSON.parse(text), text: () => text } });
const press = async () => {
  let closed = 0;
  await happens(notificationclick, { notification: { close: () => (closed += 1) } });
  assert.equal(closed, 1);
};

test("the words are those of the message, in its language and direction", async () => {
  await comes(JSON.stringify({ tittel: "هناك جديد", tekst: "سجّل الدخول", sprak: "ar", retning: "rtl" }));
  const [{ title, body, lang, dir }] = shown;
  assert.deepEqual([title, body, lang, dir], ["هناك جديد", "سجّل الدخول", "ar", "rtl"]);
});

test("what cannot be read is shown as nothing but the name", async () => {
  const broken = [null, "", "{", "vedtak om vilkår", "null", "7", '"sak"', "[]", "{}", '{"tekst": "hemmelig"}', '{"tittel": {"a": 1}}'];
  for (const text of broken) await comes(text);
  assert.equal(shown.length, broken.length, "browsers demand that something is shown");
  for (const { title, body, lang, dir } of shown) assert.deepEqual([title, body, lang, dir], ["Medvirk", "", "nb", "ltr"]);
});

test("one mark for all, so the latest takes the place of the one before", async () => {
  for (const tittel of ["a", "b"]) await comes(JSON.stringify({ tittel }));
  await comes("{");
  assert.deepEqual([...new Set(shown.map(({ tag }) => tag))], ["medvirk"]);
});

test("another message sounds, also when the one before lies there unread; the same one twice, or one without a mark, does not", async () => {
  for (const nr of ["1", "1", "2", undefined]) await comes(JSON.stringify({ tittel: "a", nr }));
  assert.deepEqual(shown.map(({ renotify }) => renotify), [true, false, true, false]);
});

test("a browser that does not tell what lies there shows the message all the same", async () => {
  for (const how of [undefined, async () => Promise.reject(new Error("no"))]) {
    self.registration.getNotifications = how;
    await comes(JSON.stringify({ tittel: "a", nr: "1" }));
  }
  assert.equal(shown.length, 2);
});

test("a press opens the front page", async () => {
  await press();
  assert.deepEqual(opened, ["/"]);
});

test("a page that is open is shown as it is; the office's is not the bruker's", async () => {
  const page = (path) => ({ url: `https://medvirk.example${path}`, focused: 0, async focus() { this.focused += 1; } });
  windows = [page("/veileder/saker")];
  await press();
  assert.deepEqual(opened, ["/"]);
  windows.push(page("/kartlegging/bolig"));
  await press();
  assert.deepEqual(opened, ["/"], "nothing more is opened");
  assert.deepEqual(windows.map(({ focused }) => focused), [0, 1]);
});
