// Forms of an own phone: one press is one delivery, and a draft of what has gone to the queue does not come after it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { device } from "./enhet.mjs";
import { pageWith } from "./skjema.mjs";

const OLD_KEY = "a".repeat(32);
const FIELDS = [["nokkel", OLD_KEY], ["ord", "Jeg var hos legen."]];
pageWith(FIELDS); // the files want a window when they are read
const { guardForms } = await import("../../webapp/static/js/skjemako.js");
const { createOutbox } = await import("../../webapp/static/js/utko.js");
const { heard } = await import("../../webapp/static/js/linje.js");
const { keepDrafts } = await import("../../webapp/static/js/utkast.js");

const json = (status, body) => new Response(JSON.stringify(body), { status });
const delivered = () => json(200, { svar: "levert", neste: "/takk" });
const noNetwork = () => Promise.reject(new TypeError("fetch failed"));
const ORD = new Proxy({}, { get: (_all, name) => String(name) }); // each says its own name
/** Everything that needs no clock has happened. */
const settled = () => new Promise((done) => setImmediate(() => setImmediate(() => setImmediate(done))));

/** `server.form`, `server.draft`: what they answer. */
function scene(server, { room } = {}) {
  const page = pageWith(FIELDS);
  const planned = [];
  const timers = { setTimeout: (_work, ms) => planned.push(ms), clearTimeout() {} };
  const store = device({ room });
  const sent = [];
  const went = [];
  const post = async (_url, pairs) => (sent.push(Object.fromEntries(pairs)), server.form());
  const late = async (sti, felter) => (sent.push({ utkast: sti, felter }), delivered());
  const tell = ({ slag, navn }) => slag === "levert" && forms.delivered(navn);
  const outbox = createOutbox({ store, post, draft: late, locks: null, timers, tell });
  const forms = guardForms({ ord: ORD, outbox, om: async () => null, own: () => true, theme: () => false, follow: (to) => went.push(to) });
  const turns = []; // of the texts that the page itself sent
  globalThis.fetch = async (url, { body }) => {
    const { utkastnr, ...felter } = JSON.parse(body).felter;
    turns.push(utkastnr?.[0]);
    sent.push({ [url]: felter });
    return server.draft();
  };
  const rows = () => [...store.rows.keys()].map((name) => name.split(" ")[2]); // s: a form, u: a draft
  /** Whether the browser believes that there is a network. */
  const network = (there) => Object.defineProperty(navigator, "onLine", { value: there, configurable: true });
  return { ...page, store, outbox, sent, turns, went, rows, planned, network };
}

/** An answer that comes when the test says so. */
function held(answer) {
  let come;
  const waits = new Promise((done) => (come = done));
  return { wait: () => waits.then(answer), come };
}

test("pressed once more while it is on its way, it is delivered once", async () => {
  const slow = held(delivered);
  const { press, sent, went, rows, key } = scene({ form: slow.wait });
  press();
  press(); // before it has been kept
  await settled();
  assert.equal(key(), OLD_KEY, "nobody knows yet what became of it");
  press();
  await settled();
  assert.equal(sent.length, 1);
  slow.come();
  await settled();
  press(); // the next page is on its way
  await settled();
  assert.deepEqual(sent.map(({ nokkel, ord }) => [nokkel, ord]), [[OLD_KEY, "Jeg var hos legen."]]);
  assert.deepEqual([went, rows()], [["/takk"], []]);
  assert.notEqual(key(), OLD_KEY, "what is written next is something else");
});

test("shown again from the browser's memory, the form can be used anew", async () => {
  const { press, sent, type } = scene({ form: delivered });
  press();
  await settled();
  type("ord", "Noe annet.");
  dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  press();
  await settled();
  assert.deepEqual(sent.map(({ ord }) => ord), ["Jeg var hos legen.", "Noe annet."]);
  assert.notEqual(sent[0].nokkel, sent[1].nokkel);
});

test("without an answer it waits in the queue, hidden, and then the key is another", async () => {
  const { press, form, rows, key } = scene({ form: noNetwork });
  press();
  press();
  await settled();
  assert.deepEqual([form.hidden, rows()], [true, ["s"]]);
  assert.notEqual(key(), OLD_KEY);
});

test("stopped by the server, it goes by itself under its own key, and so does the press after it", async () => {
  const { press, form, rows, key } = scene({ form: () => json(200, { svar: "stoppet", meldinger: ["For langt."] }) });
  press();
  await settled();
  assert.deepEqual([form.went, rows(), key()], [1, [], OLD_KEY]);
  press();
  await settled();
  assert.equal(form.went, 2);
});

test("where the phone has no room it goes by itself, once for each press", async () => {
  const { press, form, sent } = scene({ form: delivered }, { room: 0 });
  press();
  press();
  await settled();
  assert.deepEqual([form.went, sent], [1, []]);
});

/** A draft is on its way when the button is pressed. */
async function pressedUnderDraft(context, server, typedAfter) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const here = scene(server);
  keepDrafts(here.form);
  here.type("ord", "Jeg var hos");
  context.mock.timers.tick(1_000);
  here.type("ord", "Jeg var hos legen i går.");
  here.press();
  await settled();
  if (typedAfter) here.type("ord", typedAfter);
  return here;
}

test("a draft that fails after its form has gone to the queue is not kept: it would come after it", async (context) => {
  const line = held(noNetwork);
  const { sent, rows, outbox } = await pressedUnderDraft(context, { form: delivered, draft: line.wait });
  assert.equal(sent.filter(({ ord }) => ord).length, 0, "the form waits for the draft");
  context.mock.timers.tick(1_000); // but not long
  await settled();
  assert.deepEqual(sent.map(({ ord }) => ord), [undefined, "Jeg var hos legen i går."]);
  line.come();
  await settled();
  context.mock.timers.tick(20_000);
  await outbox.send();
  assert.deepEqual([sent.length, rows()], [2, []]);
});

test("and one that arrives is no reason to send another", async (context) => {
  const line = held(() => json(200, { lagret: "14:02" }));
  const { sent } = await pressedUnderDraft(context, { form: noNetwork, draft: line.wait });
  line.come();
  await settled();
  assert.equal(sent.at(-1).ord, "Jeg var hos legen i går.", "the form goes at once then");
  context.mock.timers.tick(20_000);
  dispatchEvent(new Event("pagehide"));
  await settled();
  assert.equal(sent.length, 2);
});

test("what is typed while the form is on its way outlives its delivery, with which the server forgets drafts", async (context) => {
  const form = held(delivered);
  const { sent } = await pressedUnderDraft(context, { form: form.wait, draft: () => json(200, { lagret: "14:02" }) }, "Og en ting til.");
  context.mock.timers.tick(1_000);
  await settled();
  assert.deepEqual(sent.at(-1), { "/utkast": { ord: ["Og en ting til."] } });
  form.come();
  await settled();
  const before = sent.length;
  dispatchEvent(new Event("pagehide"));
  assert.deepEqual(sent.slice(before), [{ "/utkast": { ord: ["Og en ting til."] } }]);
});

test("what is typed after it has gone to the queue is kept", async (context) => {
  const line = held(noNetwork);
  const { store, sent } = await pressedUnderDraft(context, { form: noNetwork, draft: line.wait }, "Og en ting til.");
  line.come();
  await settled();
  context.mock.timers.tick(1_000);
  await settled();
  context.mock.timers.tick(1_000);
  await settled();
  assert.deepEqual(sent.at(-1), { "/utkast": { ord: ["Og en ting til."] } });
  assert.deepEqual(store.rows.get("a sendinger u /varsel/1/uttalelse").felter.ord, ["Og en ting til."]);
  heard(true); // the next test's page has heard of nothing
});

/** The line of the page that says what is saved, as status.js sees it. */
function statusLineOf() {
  const line = { dataset: {}, querySelector: () => ({ addEventListener() {} }) };
  document.getElementById = (id) => (id === "statuslinje" ? line : null);
  return () => line.dataset.tilstand;
}

const page = () => new Response("<!doctype html><h1>Log on to the library</h1>", { headers: { "Content-Type": "text/html" } });

for (const [what, answer] of [
  ["a page of the network one is on", page],
  ["a sign-in page that one is led to", () => Object.defineProperty(page(), "redirected", { value: true })],
  ["JSON that says nothing of having saved", () => json(200, { ok: true })],
]) {
  test(`a draft is saved when our server has said so, and not by ${what}`, async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const server = { draft: noNetwork };
    const here = scene(server);
    const status = statusLineOf();
    keepDrafts(here.form);
    here.type("ord", "Jeg var hos");
    context.mock.timers.tick(1_000);
    await settled();
    assert.deepEqual([here.rows(), status()], [["u"], "frakoblet"]);
    server.draft = answer;
    context.mock.timers.tick(10_000);
    await settled();
    assert.deepEqual([here.rows(), status()], [["u"], "feil"]);
    server.draft = () => json(200, { lagret: "14:02" });
    context.mock.timers.tick(10_000);
    await settled();
    assert.deepEqual([here.rows(), status()], [[], "lagret"]);
  });
}

const LOOK = { name: "handling", value: "se_over", hasAttribute: () => false, setAttribute() {}, removeAttribute() {} };

/** Looked over without network: what is chosen then is chosen with `network(there)`. */
async function lookedOver(server, there) {
  const here = scene(server);
  here.network(false);
  here.press(LOOK);
  await settled();
  here.network(there);
  return here;
}

test("the network comes while somebody looks over the answer: the press sends it, and the page goes on", async () => {
  const { choose, sent, went, rows } = await lookedOver({ form: delivered }, true);
  choose("send_nar");
  choose("send_nar");
  await settled();
  assert.deepEqual(sent.map(({ ord, handling }) => [ord, handling]), [["Jeg var hos legen.", "send"]]);
  assert.deepEqual([went, rows()], [["/takk"], []]);
});

test("and what came into the form with it goes along", async () => {
  const { choose, sent, form } = await lookedOver({ form: delivered }, true);
  form.elements.push({ name: "vedlegg", value: "7" }); // a file that waited has been sent (vedlegg.js)
  choose("send_nar");
  await settled();
  assert.equal(sent[0].vedlegg, "7");
});

test("a file that is on its way then is waited for", async () => {
  const { choose, sent, form, press } = await lookedOver({ form: delivered }, true);
  form.medvirkVent = () => true;
  form.requestSubmit = () => press(LOOK);
  choose("send_nar");
  await settled();
  assert.deepEqual([sent, form.hidden], [[], false]);
});

test("the browser says that there is no network, and there is one: it is tried, and the page says that it has arrived", async () => {
  const { choose, sent, words, rows } = await lookedOver({ form: delivered }, false);
  choose("send_nar");
  await settled();
  assert.deepEqual([sent.length, rows(), words()], [1, [], ["sendt"]]);
});

test("there is none: it is tried again by itself, and the page says so until it has arrived", async () => {
  const server = { form: noNetwork };
  const { choose, words, planned, outbox } = await lookedOver(server, false);
  choose("send_nar");
  await settled();
  assert.equal(planned.length, 1);
  assert.ok(words().includes("lagt"));
  server.form = delivered;
  await outbox.send();
  assert.deepEqual(words(), ["sendt"]);
});

test("«only keep it» goes to where drafts are kept when the network is there", async () => {
  const { choose, sent, rows } = await lookedOver({ form: delivered }, true);
  choose("ta_vare");
  await settled();
  assert.deepEqual([sent.map(({ utkast }) => utkast), rows()], [["/varsel/1/uttalelse"], []]);
});

test("a server that could not save a draft has answered: the form goes on its ordinary road", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const here = scene({ draft: () => new Response("<h1>busy</h1>", { status: 503 }) });
  keepDrafts(here.form);
  here.type("ord", "Jeg var hos");
  context.mock.timers.tick(1_000);
  await settled();
  here.press(LOOK);
  assert.deepEqual([here.rows(), here.form.went], [["u"], 1]);
});

/** Another page is put in place of this one, without network (framvisning.js). */
const givesWay = () => {
  const detail = [];
  document.dispatchEvent(Object.assign(new Event("medvirk:viker"), { detail }));
  return Promise.all(detail);
};

test("a page that gives way seals what is typed, and leaves it to the page that goes on with it", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  for (const answer of [noNetwork, () => json(200, { lagret: "14:02" })]) {
    const line = held(answer);
    const here = scene({ draft: line.wait });
    const lies = () => here.store.rows.get("a sendinger u /varsel/1/uttalelse").felter.ord[0];
    keepDrafts(here.form);
    here.type("ord", "Jeg var hos");
    context.mock.timers.tick(1_000);
    here.type("ord", "Jeg var hos legen");
    await givesWay(); // not as long as the line is slow
    assert.equal(lies(), "Jeg var hos legen");
    await here.outbox.addDraft(location.pathname, { ord: ["Jeg var hos legen i går."] }, "Svar");
    line.come();
    await settled();
    context.mock.timers.tick(20_000);
    await settled();
    assert.deepEqual([lies(), here.sent.length], ["Jeg var hos legen i går.", 1]);
    heard(true);
  }
});

test("somebody who never pauses is saved too", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const here = scene({ draft: () => json(200, { lagret: "14:02" }) });
  keepDrafts(here.form);
  for (let letters = 1; letters <= 8; letters += 1) {
    here.type("ord", "x".repeat(letters));
    context.mock.timers.tick(900);
    await settled();
  }
  assert.equal(here.sent.length, 1);
});

test("on a line that hangs the text lies here long before it is given up, and what was typed since stays until it has arrived", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const line = held(() => json(200, { lagret: "14:02" }));
  const server = { draft: line.wait };
  const here = scene(server);
  const lies = () => here.store.rows.get("a sendinger u /varsel/1/uttalelse")?.felter.ord[0];
  keepDrafts(here.form);
  here.type("ord", "Jeg var hos");
  context.mock.timers.tick(1_000);
  context.mock.timers.tick(2_000);
  await settled();
  assert.equal(lies(), "Jeg var hos");
  here.type("ord", "Jeg var hos legen i går.");
  context.mock.timers.tick(1_000);
  await settled();
  assert.equal(lies(), "Jeg var hos legen i går.");
  line.come();
  await settled();
  assert.equal(lies(), "Jeg var hos legen i går.", "an older text has arrived");
  server.draft = () => json(200, { lagret: "14:03" });
  context.mock.timers.tick(1_000);
  await settled();
  assert.deepEqual([lies(), here.sent.at(-1)], [undefined, { "/utkast": { ord: ["Jeg var hos legen i går."] } }]);
  heard(true);
});

test("each text says which turn it is, also what lies on the device: it may arrive after a newer one, from another tab", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const server = { draft: noNetwork };
  const here = scene(server);
  keepDrafts(here.form);
  here.type("ord", "Jeg var hos");
  context.mock.timers.tick(1_000);
  await settled();
  const [[opening, lies]] = here.store.rows.get("a sendinger u /varsel/1/uttalelse").felter.utkastnr.map((turn) => turn.split("."));
  server.draft = () => json(200, { lagret: "14:02" });
  here.type("ord", "Jeg var hos legen i går.");
  dispatchEvent(new Event("pagehide"));
  await settled();
  const [, [again, last]] = here.turns.map((turn) => turn.split("."));
  assert.equal(again, opening);
  assert.ok(Number(last) > Number(lies));
  heard(true);
});

test("where the phone has no room for it, the page goes on trying", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const server = { draft: noNetwork };
  const here = scene(server, { room: 0 });
  keepDrafts(here.form);
  here.type("ord", "Jeg var hos");
  await givesWay();
  server.draft = () => json(200, { lagret: "14:02" });
  context.mock.timers.tick(10_000);
  await settled();
  assert.deepEqual(here.sent, Array(2).fill({ "/utkast": { ord: ["Jeg var hos"] } }));
  heard(true);
});
