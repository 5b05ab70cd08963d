import assert from "node:assert/strict";
import { test } from "node:test";

import { sendOnce } from "../../webapp/static/js/opplasting.js";
import { newKey, send, smaller } from "../../webapp/static/js/vedlegg.js";

const photo = (size, type = "image/jpeg") => ({ size, type });
const answers = (...list) => {
  const seen = [];
  const once = async (_url, fields) => {
    seen.push(fields.nokkel);
    return list.shift();
  };
  return { once, seen };
};
const now = async () => {};
const ok = { status: 200, answer: { id: "1", navn: "a.jpg" }, url: "" };
const lost = { status: 0, answer: null, url: "" };

test("a key is 32 hexadecimal digits, and new each time", () => {
  assert.match(newKey(), /^[0-9a-f]{32}$/);
  assert.notEqual(newKey(), newKey());
});

test("a broken line is tried again, with the same key", async () => {
  const { once, seen } = answers(lost, lost, ok);
  assert.deepEqual(await send("/vedlegg", "/x", {}, "a.jpg", () => {}, { once, pause: now }), { added: ok.answer });
  assert.equal(seen.length, 3);
  assert.equal(new Set(seen).size, 1);
});

test("and then it says so", async () => {
  const { once, seen } = answers(lost, lost, lost, ok);
  assert.deepEqual(await send("/vedlegg", "/x", {}, "a.jpg", () => {}, { once, pause: now }), { failed: "ikkeNett" });
  assert.equal(seen.length, 3);
});

test("what the server refuses is not tried again", async () => {
  for (const [answer, expected] of [
    [{ status: 400, answer: { feil: "type", melding: "Nei." }, url: "" }, { failed: "melding", text: "Nei." }],
    [{ status: 413, answer: null, url: "" }, { failed: "forStor" }],
    [{ status: 429, answer: null, url: "" }, { failed: "feilet" }],
    [{ status: 200, answer: null, url: "http://localhost/inn?neste=%2F" }, { failed: "utlogget" }],
  ]) {
    const { once, seen } = answers(answer, ok);
    assert.deepEqual(await send("/vedlegg", "/x", {}, "a.jpg", () => {}, { once, pause: now }), expected);
    assert.equal(seen.length, 1);
  }
});

test("a photo that is small, a PDF, and what cannot be read here go as they are", async () => {
  const never = () => assert.fail("not asked for");
  assert.equal((await smaller(photo(1000), { bitmap: never })).size, 1000);
  assert.equal((await smaller(photo(9e6, "application/pdf"), { bitmap: never })).size, 9e6);
  assert.equal((await smaller(photo(9e6, "image/heic"), { bitmap: () => Promise.reject(new Error("no")) })).size, 9e6);
});

test("a large photo is drawn smaller, with its sides in the same proportion", async () => {
  let drawn;
  const canvasOf = (width, height) => ({
    width,
    height,
    getContext: () => ({ fillRect: () => {}, drawImage: (_image, _x, _y, w, h) => (drawn = [w, h]) }),
    toBlob: (done) => done({ size: 400_000, type: "image/jpeg" }),
  });
  const bitmap = async () => ({ width: 4800, height: 3600, close() {} });
  assert.equal((await smaller(photo(9e6), { bitmap, canvasOf })).size, 400_000);
  assert.deepEqual(drawn, [2400, 1800]);
});

class Line {
  upload = new EventTarget();
  #events = new EventTarget();
  static last;
  constructor() {
    Line.last = this;
  }
  open() {}
  setRequestHeader() {}
  send() {}
  addEventListener(...all) {
    this.#events.addEventListener(...all);
  }
  says(name) {
    this.#events.dispatchEvent(new Event(name));
  }
  abort() {
    this.says("abort");
    this.says("loadend");
  }
  progress(loaded, total) {
    this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded, total, lengthComputable: true }));
  }
}

test("a line that stands still is given up after half a minute, and one that moves is not", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document ??= { querySelector: () => null };
  const parts = [];
  const going = sendOnce("/vedlegg", {}, new Blob(["a"]), "a.jpg", (part) => parts.push(part), Line);
  let ended = null;
  going.then((outcome) => (ended = outcome));
  for (let loaded = 1; loaded < 10; loaded++) {
    context.mock.timers.tick(29_000); // four and a half minutes in all
    Line.last.progress(loaded, 10);
  }
  await Promise.resolve();
  assert.equal(ended, null);
  assert.deepEqual(parts, [10, 20, 30, 40, 50, 60, 70, 80, 90]);
  context.mock.timers.tick(30_000);
  assert.deepEqual(await going, { status: 0, answer: null, url: "" });
});

test("the server is given time to look at the whole file", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document ??= { querySelector: () => null };
  const going = sendOnce("/vedlegg", {}, new Blob(["a"]), "a.jpg", () => {}, Line);
  Line.last.progress(10, 10);
  context.mock.timers.tick(59_000);
  Object.assign(Line.last, { status: 200, responseText: '{"id":"1"}', responseURL: "/vedlegg" });
  Line.last.says("load");
  assert.deepEqual((await going).answer, { id: "1" });
});
