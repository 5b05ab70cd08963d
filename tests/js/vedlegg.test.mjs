import assert from "node:assert/strict";
import { test } from "node:test";

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
    getContext: () => ({ drawImage: (_image, _x, _y, w, h) => (drawn = [w, h]) }),
    toBlob: (done) => done({ size: 400_000, type: "image/jpeg" }),
  });
  const bitmap = async () => ({ width: 4800, height: 3600, close() {} });
  assert.equal((await smaller(photo(9e6), { bitmap, canvasOf })).size, 400_000);
  assert.deepEqual(drawn, [2400, 1800]);
});
