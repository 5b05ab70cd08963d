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

function scene(post, more = {}) {
  const store = device();
  const sent = [];
  const kept = queue(store, "side");
  const answers = createAnswers({ kept, ...more, post: async (url, { felt }) => (sent.push([url, felt]), post(url, felt)) });
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

test("what has arrived is told before it leaves the device, so that its kept page can show it", async () => {
  const told = [];
  const answer = (felt) => ("borte" in felt ? json(422, { felt: { borte: "Finnes ikke." } }) : json(200, { lagret: "14:02", felt: { a: { versjon: 2, merke: "x" } } }));
  const { kept, answers } = scene((_url, felt) => answer(felt), {
    arrived: async (url, felt, { felt: versions }) => told.push([url, felt, versions.a.versjon, (await kept.all()).length]),
  });
  await kept.put(BOLIG, { a: "her" });
  await answers.send();
  await kept.put(HELSE, { a: "her", borte: "ord" });
  await answers.send();
  assert.deepEqual(told, [[BOLIG, { a: "her" }, 2, 1], [HELSE, { a: "her" }, 2, 1]]);
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

/** A clock that the test holds: what is to be done, and after how long. */
function clock() {
  const waits = [];
  let planned = null;
  return {
    waits,
    setTimeout: (work, ms) => (waits.push(ms), (planned = work)),
    clearTimeout: (work) => (planned = planned === work ? null : planned),
    isWaiting: () => planned !== null,
    strike() {
      const work = planned;
      planned = null;
      return work();
    },
  };
}

test("a server that cannot take them is asked again, later and later, until it has them", async () => {
  for (const busy of [() => json(503, {}), () => json(429, {}), () => json(500, {}), () => Promise.reject(new TypeError("no network"))]) {
    const timers = clock();
    let answer = busy;
    const { kept, answers, sent, store } = scene(() => answer(), { timers, again: () => answers.send() });
    await kept.put(BOLIG, { a: 1 });
    await answers.send();
    for (let i = 0; i < 6; i += 1) await timers.strike();
    assert.deepEqual(timers.waits, [5_000, 15_000, 30_000, 60_000, 300_000, 300_000, 300_000]);
    answer = saved;
    await timers.strike();
    assert.equal(sent.length, 8);
    assert.equal(store.rows.size, 0);
    assert.ok(!timers.isWaiting(), "there is nothing to try again");
    answer = busy;
    await kept.put(BOLIG, { a: 2 });
    await answers.send();
    assert.equal(timers.waits.at(-1), 5_000, "from the beginning");
  }
});

test("as late as the server says, within an hour", async () => {
  for (const [said, waited] of [["120", 120_000], ["86400", 3_600_000], ["Wed, 21 Oct 2026 07:28:00 GMT", 5_000], ["-3", 5_000]]) {
    const timers = clock();
    const { kept, answers } = scene(() => new Response("{}", { status: 503, headers: { "Retry-After": said } }), { timers, again: () => {} });
    await kept.put(BOLIG, { a: 1 });
    await answers.send();
    assert.deepEqual(timers.waits, [waited], said);
  }
});

test("what only somebody can mend is not tried again by itself", async () => {
  for (const status of [401, 404, 422]) {
    const timers = clock();
    const { kept, answers } = scene(() => json(status, {}), { timers, again: () => {} });
    await kept.put(BOLIG, { a: 1 });
    await answers.send();
    assert.deepEqual(timers.waits, []);
  }
});

test("on the way out nothing is planned; «send nå» takes the place of what was", async () => {
  const timers = clock();
  const leaving = scene(() => json(503, {}), { timers });
  await leaving.kept.put(BOLIG, { a: 1 });
  await leaving.answers.send();
  assert.deepEqual(timers.waits, []);
  let answer = () => json(503, {});
  const open = scene(() => answer(), { timers, again: () => {} });
  await open.kept.put(BOLIG, { a: 1 });
  await open.answers.send();
  assert.ok(timers.isWaiting());
  answer = saved;
  await open.answers.send();
  assert.ok(!timers.isWaiting());
});
