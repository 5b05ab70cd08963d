// Answers that wait while their page is not open: what is taken off the device when, with a server in the test's hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { queue } from "../../webapp/static/js/ko.js";
import { createAnswers } from "../../webapp/static/js/svarko.js";
import { device } from "./enhet.mjs";

globalThis.document ??= { querySelector: () => null, querySelectorAll: () => [] };

const BOLIG = "/kartlegging/bolig/lagre";
const HELSE = "/kartlegging/helse/lagre";
const json = (status, body) => new Response(JSON.stringify(body), { status });
const saved = () => json(200, { lagret: "14:02" });

function scene(post) {
  const store = device();
  const sent = [];
  const kept = queue(store, "side");
  const answers = createAnswers({ kept, post: async (url, { felt }) => (sent.push([url, felt]), post(url, felt)) });
  return { store, sent, kept, answers };
}

test("what has arrived is taken off the device", async () => {
  const { store, kept, answers } = scene(saved);
  await kept.put(BOLIG, { a: 1 });
  await kept.put(HELSE, { b: 1 });
  assert.equal(await answers.send(), 0);
  assert.equal(store.rows.size, 0);
});

test("what its page wrote anew while it was sent stays", async () => {
  const { kept, answers, sent } = scene(async () => {
    if (sent.length === 1) await kept.put(BOLIG, { a: "nyere" });
    return saved();
  });
  await kept.put(BOLIG, { a: "gammel" });
  assert.equal(await answers.send(), 1);
  assert.deepEqual((await kept.all())[0][1], { a: "nyere" });
  assert.equal(await answers.send(), 0);
});

test("an answer that the server does not know any more stays with its words; the others of its page arrive", async () => {
  const { kept, answers } = scene((_url, felt) => ("borte" in felt ? json(422, { felt: { borte: "Finnes ikke." } }) : saved()));
  await kept.put(BOLIG, { a: "her", borte: "ord" });
  await answers.send();
  const [[, felt, name]] = await kept.all();
  assert.deepEqual(felt, { borte: "ord" });
  assert.deepEqual(answers.messages(name), ["Finnes ikke."]);
});

test("until the others have arrived nothing of the row is let go", async () => {
  const { kept, answers } = scene((_url, felt) => ("borte" in felt ? json(422, { felt: { borte: "Finnes ikke." } }) : json(500, {})));
  await kept.put(BOLIG, { a: "her", borte: "ord" });
  await answers.send();
  assert.deepEqual((await kept.all()).map(([, felt]) => felt), [{ a: "her", borte: "ord" }]);
});

test("one that fails does not hold the next one up; a session that is over does", async () => {
  for (const [status, tried] of [[500, 2], [401, 1]]) {
    const { kept, answers, sent } = scene(() => json(status, {}));
    await kept.put(BOLIG, { a: 1 });
    await kept.put(HELSE, { b: 1 });
    assert.equal(await answers.send(), 2);
    assert.equal(sent.length, tried);
  }
});
