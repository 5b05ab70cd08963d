// Saving while typing, without a browser: a form, a server and a clock that the test holds in its hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { postJson } from "../../webapp/static/js/csrf.js";
import { createSaver } from "../../webapp/static/js/lagring.js";

const URL_HERE = "/kartlegging/bolig/lagre";

/** A page with the questions a and b, a server that answers what the test says, timers that fire when told. */
function scene({ answers = [], waiting = [], opened = true } = {}) {
  const fields = {
    a: { verdi: "", vil_ikke: false, versjon: 1, merke: "m1" },
    b: { verdi: "", vil_ikke: false, versjon: 1, merke: "m1" },
  };
  // What this page keeps lies under its address, what an earlier visit kept under another name.
  const seen = { states: [], sent: [], errors: {}, saved: [], kept: new Map(waiting.map(([url, felt]) => [`${url} før`, felt])), conflict: null };
  const planned = new Map();
  let next = 0;
  const timers = {
    setTimeout: (run, delay) => (planned.set((next += 1), { run, delay }), next),
    clearTimeout: (id) => planned.delete(id),
  };
  const page = {
    read: (id) => (fields[id] ? { ...fields[id] } : null),
    write: (id, value) => Object.assign(fields[id], { verdi: value.verdi, vil_ikke: value.vil_ikke }),
    setVersion: (id, versjon, merke) => Object.assign(fields[id], { versjon, merke }),
    showErrors: (messages) => (seen.errors = messages),
  };
  const status = { show: (state, more = {}) => seen.states.push(more.variant ?? state), showConflict: (url) => (seen.conflict = url) };
  const queue = {
    put: async (url, value) => void seen.kept.set(url, structuredClone(value)),
    all: async () => [...seen.kept].map(([name, felt]) => [name.split(" ")[0], structuredClone(felt), name, felt]),
    rewrite: async (name, felt, mark) => (seen.kept.get(name) === mark ? seen.kept.set(name, structuredClone(felt)).get(name) : null),
    takeAway: async (name, mark) => void (seen.kept.get(name) === mark && seen.kept.delete(name)),
    remove: async (url) => void seen.kept.delete(url),
  };
  const post = async (url, body, { keepalive = false } = {}) => {
    seen.sent.push([url, structuredClone(body.felt), keepalive]);
    const answer = answers.shift() ?? ok();
    return typeof answer === "function" ? answer(body.felt) : answer;
  };
  const onSaved = (felt) => seen.saved.push(felt);
  const saver = createSaver({ page, url: URL_HERE, queue: opened ? queue : null, status, post, timers, onSaved });
  const type = (id, verdi) => ((fields[id].verdi = verdi), saver.changed(id));
  return { fields, seen, planned, saver, type, queue };
}

const json = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers });
const ok = (extra = {}) => (felt) =>
  json(200, {
    lagret: "14:02",
    felt: Object.fromEntries(Object.entries(felt).map(([id, v]) => [id, { versjon: v.versjon + 1, merke: `m${v.versjon + 1}` }])),
    konflikt: [],
    konflikt_url: null,
    ...extra,
  });
/** What was left here has been taken over, and what was sent of it has been answered. */
async function restored(saver) {
  await saver.restore();
  await saver.settled();
  await saver.inFlight();
}
const noNetwork = () => Promise.reject(new TypeError("fetch failed"));

test("before the device is ready to keep anything, what is typed is sent; afterwards it is kept as well", async () => {
  const { seen, saver, type, queue } = scene({ answers: [ok(), noNetwork, noNetwork], opened: false });
  type("a", "hei");
  saver.leaving({ final: true });
  assert.deepEqual(seen.sent.map(([, felt, keepalive]) => [felt.a.verdi, keepalive]), [["hei", true]]);
  await saver.inFlight();
  type("b", "du");
  await saver.save();
  assert.equal(saver.isKept(), false);
  assert.equal(seen.states.at(-1), "frakobletMinne", "and the page says that only the page has it");
  saver.useQueue(queue);
  await saver.save();
  assert.equal(saver.isKept(), true);
  assert.equal(seen.states.at(-1), "frakoblet");
  assert.equal(seen.kept.get(URL_HERE).b.verdi, "du");
});

test("several changes are one save, with the version each started from", async () => {
  const { seen, saver, type, fields, planned } = scene();
  type("a", "h");
  type("a", "hei");
  type("b", "du");
  assert.equal(planned.size, 1);
  await saver.save();
  assert.deepEqual(seen.sent, [[URL_HERE, {
    a: { verdi: "hei", vil_ikke: false, versjon: 1, merke: "m1" },
    b: { verdi: "du", vil_ikke: false, versjon: 1, merke: "m1" },
  }, false]]);
  assert.equal(fields.a.versjon, 2);
  assert.equal(saver.isUnsent(), false);
  assert.deepEqual(seen.states, ["lagrer", "lagret"]);
});

test("only one request is under way; what is typed meanwhile goes next, from the new version", async () => {
  let release;
  const slow = new Promise((resolve) => (release = resolve));
  const { seen, saver, type } = scene({ answers: [(felt) => slow.then(() => ok()(felt))] });
  type("a", "en");
  const first = saver.save();
  type("a", "en to");
  saver.save();
  assert.equal(seen.sent.length, 1);
  release();
  await first;
  await saver.inFlight();
  assert.deepEqual(seen.sent.map(([, felt]) => [felt.a.verdi, felt.a.versjon]), [["en", 1], ["en to", 2]]);
  assert.equal(saver.isUnsent(), false);
});

test("without network the text is kept on the device, tried again, and removed when the server has it", async () => {
  const { seen, saver, type, planned } = scene({ answers: [noNetwork, noNetwork] });
  type("a", "viktig");
  await saver.save();
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "viktig");
  assert.equal(seen.states.at(-1), "frakoblet");
  assert.equal([...planned.values()].at(-1).delay, 2_000);
  await saver.save();
  assert.equal([...planned.values()].at(-1).delay, 4_000, "waits longer each time");
  await saver.save();
  assert.equal(seen.kept.size, 0);
  assert.equal(seen.states.at(-1), "lagret");
});

test("without network somebody who never pauses is kept too, and at once", async () => {
  const { seen, saver, type, planned } = scene({ answers: [noNetwork] });
  type("a", "en");
  await saver.save();
  const keeping = () => [...planned].filter(([, { delay }]) => delay < 500);
  type("a", "en t");
  const [first] = keeping();
  type("a", "en to");
  assert.deepEqual(keeping(), [first], "it is not put off by the next letter");
  planned.delete(first[0]);
  await first[1].run();
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "en to");
  type("a", "en to tre");
  assert.equal(keeping().length, 1);
});

test("where the browser says that there is no network, nothing waits for a try before it is kept", async () => {
  const { seen, type, planned } = scene();
  const { navigator } = globalThis;
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  type("a", "en");
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  await [...planned.values()].find(({ delay }) => delay < 500).run();
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "en");
});

test("on a line that hangs what is typed reaches the device long before it is given up, and leaves it with the answer", async () => {
  let release;
  const hangs = new Promise((resolve) => (release = resolve));
  const { seen, saver, type, planned } = scene({ answers: [(felt) => hangs.then(() => ok()(felt))] });
  type("a", "en");
  const first = saver.save();
  const [[id, slow]] = [...planned].filter(([, { delay }]) => delay > 1_000);
  planned.delete(id);
  await slow.run();
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "en", "what is on its way too: perhaps it never arrives");
  type("a", "en to");
  saver.save(); // as the clock would
  await saver.settled();
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "en to");
  release();
  await first;
  await saver.inFlight();
  assert.deepEqual([seen.kept.size, saver.isUnsent(), planned.size], [0, false, 0]);
});

test("what is kept in two goes is kept in order: a slow first one does not take the place of the second", async () => {
  const { seen, saver, type, planned, queue } = scene({ answers: [noNetwork] });
  type("a", "en");
  await saver.save();
  const { put } = queue;
  const waits = [];
  queue.put = (...row) => new Promise((done) => waits.push(done)).then(() => put(...row));
  const keepNow = () => {
    const [[id, { run }]] = [...planned].filter(([, { delay }]) => delay < 500);
    planned.delete(id);
    return run();
  };
  const both = ["en to", "en to tre"].map((text) => (type("a", text), keepNow()));
  for (let turns = 0; turns < 20; turns += 1) {
    await new Promise((done) => setImmediate(done));
    waits.pop()?.(); // the latest first
  }
  await Promise.all(both);
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "en to tre");
});

test("what was answered while it was being kept does not stay on the device", async () => {
  let release;
  const hangs = new Promise((resolve) => (release = resolve));
  const { seen, saver, type, planned, queue } = scene({ answers: [(felt) => hangs.then(() => ok()(felt))] });
  const { put } = queue;
  let keeps;
  queue.put = (...row) => new Promise((done) => (keeps = done)).then(() => put(...row));
  type("a", "en");
  const first = saver.save();
  const kept = [...planned.values()].find(({ delay }) => delay > 1_000).run();
  release();
  await first;
  keeps();
  await kept;
  assert.equal(seen.kept.size, 0);
});

test("what is typed while a retry is planned reaches the device too", async () => {
  const { seen, saver, type, planned } = scene({ answers: [noNetwork] });
  type("a", "en");
  await saver.save();
  type("a", "en to");
  for (const { run, delay } of [...planned.values()]) if (delay < 1_000) await run();
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "en to");
});

test("a server in trouble says when to come back", async () => {
  const { seen, saver, type, planned } = scene({ answers: [json(429, {}, { "Retry-After": "30" })] });
  type("a", "x");
  await saver.save();
  assert.equal([...planned.values()].at(-1).delay, 30_000);
  assert.equal(seen.states.at(-1), "feil");
});

test("what it says is believed within an hour: no timer holds a month, and one that is asked to fires at once, again and again", async () => {
  for (const [said, delay] of [["86400", 3_600_000], ["2592000", 3_600_000], ["-5", 2_000], ["Wed, 21 Oct 2026 07:28:00 GMT", 2_000]]) {
    const { saver, type, planned } = scene({ answers: [json(503, {}, { "Retry-After": said })] });
    type("a", "x");
    await saver.save();
    assert.equal([...planned.values()].at(-1).delay, delay, said);
  }
});

test("a form key that is too old is renewed once, unseen", async () => {
  globalThis.document ??= { querySelector: () => null, querySelectorAll: () => [] };
  const { seen, saver, type } = scene({ answers: [json(400, { feil: "skjemanokkel", csrf: "ny" })] });
  type("a", "x");
  await saver.save();
  await saver.inFlight();
  assert.equal(seen.sent.length, 2);
  assert.deepEqual(seen.states.filter((state) => state !== "lagrer"), ["lagret"]);
});

test("signed out: says so, and what the server did not take is kept here", async () => {
  const { seen, saver, type } = scene({
    answers: [json(401, { tatt_vare_pa: true, logg_inn: "/inn" }), json(401, { tatt_vare_pa: false, logg_inn: "/inn" })],
  });
  type("a", "x");
  await saver.save();
  assert.equal(seen.kept.size, 0);
  assert.equal(seen.states.at(-1), "utlogget");
  type("a", "xy");
  await saver.save();
  assert.equal(seen.kept.get(URL_HERE).a.verdi, "xy");
});

test("an answer that is refused is shown at its field and does not hold the others back", async () => {
  const { seen, saver, type } = scene({ answers: [json(422, { felt: { a: "Teksten er 12 tegn for lang." } })] });
  type("a", "lang");
  type("b", "kort");
  await saver.save();
  await saver.inFlight();
  assert.deepEqual(Object.keys(seen.sent[1][1]), ["b"]);
  await saver.save();
  assert.equal(seen.sent.length, 2, "the same refused text is not sent over and over");
  type("a", "kortere");
  await saver.save();
  assert.equal(seen.sent.at(-1)[1].a.verdi, "kortere");
});

test("a conflict shows the way to both texts", async () => {
  const { seen, saver, type } = scene({ answers: [ok({ konflikt: ["a"], konflikt_url: "/kartlegging/bolig/to-tekster" })] });
  type("a", "min");
  await saver.save();
  assert.equal(seen.conflict, "/kartlegging/bolig/to-tekster");
});

test("an earlier visit's text is put back where the server's is unchanged, and sent as it was where it is not", async () => {
  const { seen, saver, fields } = scene({
    waiting: [
      [URL_HERE, {
        a: { verdi: "i går", vil_ikke: false, versjon: 1, merke: "m1" },
        b: { verdi: "gammel", vil_ikke: false, versjon: 0, merke: "m0" },
      }],
      ["/kartlegging/helse/lagre", { c: { verdi: "annet tema", vil_ikke: false, versjon: 1, merke: "m1" } }],
    ],
  });
  await restored(saver);
  assert.equal(fields.a.verdi, "i går");
  assert.equal(fields.b.verdi, "gammel", "the server took it as it was");
  assert.deepEqual(seen.sent.map(([url, felt]) => [url, Object.keys(felt)]), [
    [URL_HERE, ["b"]],
    [URL_HERE, ["a"]],
  ]);
  assert.deepEqual(seen.saved.map((felt) => Object.keys(felt)), [["b"], ["a"]], "and the kept page shows both");
  assert.deepEqual([...seen.kept.keys()], ["/kartlegging/helse/lagre før"], "other themes' answers go by themselves (svarko.js)");
});

test("on a dead line an earlier visit's text stands in its field at once", async () => {
  const never = () => new Promise(() => {});
  const old = { a: { verdi: "fra bussen", vil_ikke: false, versjon: 1, merke: "m1" }, b: { verdi: "gammel", vil_ikke: false, versjon: 0, merke: "m0" } };
  const { seen, saver, fields } = scene({ waiting: [["/kartlegging/arbeid/lagre", old], [URL_HERE, old]], answers: [never, never] });
  await saver.restore();
  assert.equal(fields.a.verdi, "fra bussen");
  assert.deepEqual(seen.kept.get(URL_HERE).a.verdi, "fra bussen", "it is this page's to keep");
  assert.deepEqual(Object.keys(seen.kept.get(`${URL_HERE} før`)), ["b"], "and the other one lies where it lay");
});

test("two earlier visits with a text each from one version: the server gets both, and asks", async () => {
  const { seen, saver, fields } = scene();
  for (const [name, verdi] of [["én", "fra den ene"], ["to", "fra den andre"], ["tre", "fra den ene"]]) {
    seen.kept.set(`${URL_HERE} ${name}`, { a: { verdi, vil_ikke: false, versjon: 1, merke: "m1" } });
  }
  await restored(saver);
  assert.equal(fields.a.verdi, "fra den ene");
  assert.deepEqual(seen.sent.map(([, { a }]) => [a.verdi, a.versjon]), [["fra den andre", 1], ["fra den ene", 1]]);
  assert.equal(seen.kept.size, 0);
});

const before = (verdi, versjon = 1) => [[URL_HERE, { a: { verdi, vil_ikke: false, versjon, merke: `m${versjon}` } }]];

test("what is typed before the earlier text is fetched stays; the earlier one arrives with its old version", async () => {
  const { seen, saver, fields, type } = scene({ waiting: before("i går") });
  type("a", "nå");
  await restored(saver);
  assert.equal(fields.a.verdi, "nå");
  assert.deepEqual(seen.sent.map(([, { a }]) => [a.verdi, a.versjon]), [["i går", 1], ["nå", 1]], "the server sees two texts from one version");
});

test("what somebody else typed arrives as theirs, not as this page's (K1)", async () => {
  const [[, felt]] = before("hjelperens");
  const theirs = { a: { ...felt.a, sprak: "ar", skriver: "hjelper" } };
  const { seen, saver, fields } = scene({ waiting: [[URL_HERE, theirs]] });
  await restored(saver);
  assert.deepEqual(seen.sent.map(([, { a }]) => [a.verdi, a.sprak, a.skriver]), [["hjelperens", "ar", "hjelper"]]);
  assert.equal(fields.a.verdi, "hjelperens");
  assert.equal(seen.kept.size, 0);
});

test("and without network both lie on the device", async () => {
  const { seen, saver, type } = scene({ waiting: before("i går"), answers: [noNetwork, noNetwork] });
  type("a", "nå");
  await restored(saver);
  assert.deepEqual([...seen.kept.values()].map(({ a }) => a.verdi).sort(), ["i går", "nå"]);
});

test("what is typed while the earlier text is on its way is not written over", async () => {
  const it = {};
  const arrives = (felt) => (it.type("a", "skrevet imens"), ok()(felt));
  Object.assign(it, scene({ waiting: before("gammel", 0), answers: [arrives] }));
  await restored(it.saver);
  assert.equal(it.fields.a.verdi, "skrevet imens");
  assert.deepEqual(it.seen.sent.map(([, { a }]) => [a.verdi, a.versjon]), [["gammel", 0], ["skrevet imens", 1]]);
});

test("where two texts are kept, the page goes on showing the server's", async () => {
  const old = { b: { verdi: "gammel", vil_ikke: false, versjon: 0, merke: "m0" } };
  const { seen, saver, fields } = scene({ waiting: [[URL_HERE, old]], answers: [ok({ konflikt: ["b"], konflikt_url: "/to" })] });
  await restored(saver);
  assert.equal(fields.b.verdi, "");
  assert.equal(seen.conflict, "/to");
  assert.equal(seen.kept.size, 0);
});

test("leaving sends at once, also while an answer is awaited", async () => {
  let release;
  const slow = new Promise((resolve) => (release = resolve));
  const { seen, saver, type } = scene({ answers: [(felt) => slow.then(() => ok()(felt))] });
  type("a", "en");
  saver.save();
  type("a", "en to");
  saver.leaving({ final: true });
  assert.equal(seen.sent.at(-1)[1].a.verdi, "en to");
  release();
});

test("leaving with more than one request may carry: field by field, the shortest first, and sealed here too", async () => {
  const never = () => new Promise(() => {});
  const { seen, saver, type } = scene({ answers: [never, never] });
  type("a", "å".repeat(20_000)); // 40 KB
  type("b", "kort ".repeat(3_000));
  const told = [];
  const away = saver.putAway((sealing) => told.push(sealing));
  assert.equal(told.length, 1, "told before anything is waited for");
  assert.equal(await told[0], true);
  assert.equal(await away, true);
  const sent = seen.sent.map(([, felt, keepalive]) => [Object.keys(felt).join(), keepalive]);
  assert.deepEqual(sent, [["b", true], ["a", false]], "browsers take 64 KB for all of them together");
  assert.deepEqual(Object.keys(seen.kept.get(URL_HERE)), ["a", "b"]);
});

test("and what fits in one request goes in one", async () => {
  const { seen, saver, type } = scene();
  type("a", "Jeg bor hos en venn. ".repeat(2_000)); // 42 KB
  await saver.putAway();
  assert.deepEqual(seen.sent.map(([, felt, keepalive]) => [Object.keys(felt).join(), keepalive]), [["a", true]]);
});

test("what may outlive the page is counted in bytes", (context) => {
  const fetch = context.mock.method(globalThis, "fetch", async () => new Response("{}"));
  for (const [text, expected] of [["x".repeat(49_000), true], ["x".repeat(50_000), false], ["م".repeat(26_000), false]]) {
    postJson("/a", { text }, { keepalive: true });
    assert.equal(fetch.mock.calls.at(-1).arguments[1].keepalive, expected);
  }
});
