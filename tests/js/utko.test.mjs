// The queue of forms: what happens to a send, with a server and a device that the test holds in its hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createOutbox, newKey } from "../../webapp/static/js/utko.js";
import { device } from "./enhet.mjs";
import { browserLocks } from "./laser.mjs";

globalThis.document ??= { querySelector: () => null, querySelectorAll: () => [] };

const json = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers });
const delivered = () => json(200, { svar: "levert", neste: "/takk", meldinger: [] });
const form = (text) => ({ url: "/varsel/1/uttalelse", felter: [["nokkel", newKey()], ["ord", text]], tittel: "Svar", sprak: "nb" });

function scene({ answers = [], store = device(), locks, ...more } = {}) {
  const seen = { sent: [], told: [], planned: [] };
  const post = async (url, pairs, owner, where) => {
    seen.sent.push(Object.fromEntries(pairs));
    seen.owner = owner;
    seen.where = where;
    const answer = answers.shift() ?? delivered;
    return typeof answer === "function" ? answer(pairs) : answer;
  };
  const timers = { setTimeout: (run, ms) => (seen.planned.push(ms), seen.planned.length), clearTimeout() {} };
  const outbox = createOutbox({ store, post, locks, timers, tell: (event) => seen.told.push(event), ...more });
  return { outbox, store, seen };
}
const noNetwork = () => Promise.reject(new TypeError("fetch failed"));

test("what is sent is in the order it was written, and gone from the device when the server has it", async () => {
  const { outbox, store, seen } = scene();
  for (const text of ["en", "to", "tre"]) await outbox.add(form(text));
  await outbox.send();
  assert.deepEqual(seen.sent.map(({ ord }) => ord), ["en", "to", "tre"]);
  assert.equal(store.rows.size, 0);
  assert.equal(seen.told.at(-1).slag, "ferdig");
});

test("without network it stays, is tried again later and later, with the same key", async () => {
  const { outbox, store, seen } = scene({ answers: [noNetwork, noNetwork] });
  await outbox.add(form("viktig"));
  await outbox.send();
  await outbox.send();
  await outbox.send();
  assert.equal(new Set(seen.sent.map(({ nokkel }) => nokkel)).size, 1);
  assert.deepEqual(seen.planned, [5_000, 15_000]);
  assert.equal(store.rows.size, 0);
});

test("3,000 of them: one at a time, all of them, and the server says when to wait", async () => {
  let going = 0;
  let most = 0;
  let asked = 0;
  const post = async () => {
    going += 1;
    most = Math.max(most, going);
    asked += 1;
    await null;
    going -= 1;
    return asked === 1_001 ? json(429, {}, { "Retry-After": "60" }) : delivered();
  };
  const { outbox, store, seen } = scene({ post });
  for (let i = 1; i <= 3_000; i += 1) store.rows.set(`a sendinger s ${String(i).padStart(8, "0")} x`, { ...form(`${i}`), tilstand: "venter" });
  await outbox.send();
  assert.equal(store.rows.size, 2_000, "stopped by the server, and nothing hammers it");
  assert.deepEqual(seen.planned, [60_000]);
  await outbox.send();
  assert.equal(store.rows.size, 0);
  assert.equal(most, 1);
  assert.equal(asked, 3_001);
  assert.ok(seen.told.some(({ slag, nr, antall }) => slag === "sender" && nr === 1_000 && antall === 3_000));
});

test("two tabs that send at once deliver it once", async () => {
  const [store, locks] = [device(), browserLocks()];
  const one = scene({ store, locks });
  const other = scene({ store, locks });
  await one.outbox.add(form("x"));
  await Promise.all([one.outbox.send(), other.outbox.send()]);
  assert.equal(one.seen.sent.length + other.seen.sent.length, 1);
  assert.equal(store.rows.size, 0);
});

test("where a browser has no locks, both may send: with the same key, which the server takes in once", async () => {
  const store = device();
  const [one, other] = [scene({ store, locks: null }), scene({ store, locks: null })];
  await one.outbox.add(form("x"));
  await Promise.all([one.outbox.send(), other.outbox.send()]);
  assert.equal(new Set([...one.seen.sent, ...other.seen.sent].map(({ nokkel }) => nokkel)).size, 1);
  assert.equal(store.rows.size, 0);
});

test("signed out: it stays sealed, and another person's session never gets it", async () => {
  const rows = new Map();
  const amina = scene({ store: device({ rows }), answers: [json(401, { svar: "utlogget", logg_inn: "/inn" })] });
  await amina.outbox.add(form("mitt"));
  await amina.outbox.send();
  assert.equal(amina.seen.told.at(-1).loggInn, "/inn");
  assert.deepEqual(amina.seen.planned, [], "nothing is tried until somebody has signed in");
  const jonas = scene({ store: device({ owner: "b", rows }) });
  assert.equal((await jonas.outbox.list()).alle, 0);
  await jonas.outbox.send();
  assert.equal(jonas.seen.sent.length, 0);
  await amina.outbox.send();
  assert.equal(amina.seen.sent.at(-1).ord, "mitt");
  assert.equal(amina.seen.owner, "a", "the server is told whose it is, and refuses it for anybody else");
  assert.equal(rows.size, 0);
});

test("stopped: said why, kept with every word, and does not hold the others back", async () => {
  const stopped = json(409, { svar: "stoppet", apne: "/x?utkast=1", meldinger: ["Det ble bestemt noe i saken."], felt: { ord: ["For langt."] } });
  const { outbox, store, seen } = scene({ answers: [stopped] });
  await outbox.add(form("for sent"));
  await outbox.add(form("neste"));
  await outbox.send();
  const { rader } = await outbox.list();
  assert.deepEqual(rader.map(({ tilstand, apne, meldinger, felter }) => [tilstand, apne, meldinger, felter[1][1]]), [
    ["stoppet", "/x?utkast=1", ["Det ble bestemt noe i saken.", "For langt."], "for sent"],
  ]);
  await outbox.send();
  assert.equal(seen.sent.length, 2, "not sent over and over");
  await outbox.drop(rader[0].navn, rader[0]);
  assert.equal(store.rows.size, 0);
});

test("a form key that is too old is renewed, unseen; a second time it waits", async () => {
  const stale = () => json(400, { feil: "skjemanokkel", csrf: "ny" });
  const { outbox, store, seen } = scene({ answers: [stale, delivered, stale, stale] });
  await outbox.add(form("x"));
  await outbox.send();
  assert.equal(store.rows.size, 0);
  await outbox.add(form("y"));
  await outbox.send();
  assert.equal(store.rows.size, 1);
  assert.equal(seen.sent.length, 4);
});

test("an answer that is not ours (a proxy's page, a broken server) is no receipt", async () => {
  const { outbox, store } = scene({ answers: [new Response("<h1>Wi-Fi</h1>", { status: 200 }), json(500, {}), json(200, { ok: true })] });
  await outbox.add(form("x"));
  for (let i = 0; i < 3; i += 1) await outbox.send();
  assert.equal(store.rows.size, 1);
  await outbox.send();
  assert.equal(store.rows.size, 0);
});

const to = (url, text) => ({ ...form(text), url });
const broken = () => json(500, {});
const words = (seen) => seen.sent.map(({ ord }) => ord);

test("one that the server cannot take holds up the later ones for its own address only", async () => {
  for (const answer of [broken, () => new Response("<h1>Too large</h1>", { status: 413 }), () => json(422, {})]) {
    const { outbox, store, seen } = scene({ answers: [answer] });
    for (const [url, text] of [["/a", "en"], ["/a", "to"], ["/b", "tre"]]) await outbox.add(to(url, text));
    await outbox.send();
    assert.deepEqual(words(seen), ["en", "tre"]);
    assert.deepEqual(seen.planned, [5_000], "and it is tried again");
    assert.notEqual(seen.told.at(-1).slag, "ferdig");
    await outbox.send();
    assert.deepEqual(words(seen).slice(2), ["en", "to"]);
    assert.equal(store.rows.size, 0);
  }
});

test("a draft that the server cannot read does not hold the next one up", async () => {
  const tried = [];
  const { outbox } = scene({ draft: async (sti) => (tried.push(sti), sti === "/a" ? json(400, {}) : json(200, { lagret: "14:02" })) });
  for (const sti of ["/a", "/b"]) await outbox.addDraft(sti, { ord: ["halv"] }, "Svar");
  await outbox.send();
  assert.deepEqual(tried, ["/a", "/b"]);
  assert.equal((await outbox.list()).alle, 1);
});

test("a draft is stopped by our own word only: a proxy's page is no answer, whatever it says", async () => {
  const answers = [new Response("<h1>Not Found</h1>", { status: 404 }), new Response("<h1>Too large</h1>", { status: 413 }), json(404, {})];
  const draft = async () => answers.shift() ?? json(404, { feil: "404", melding: "Siden finnes ikke." });
  const { outbox, seen } = scene({ draft });
  await outbox.addDraft("/a", { ord: ["halv"] }, "Svar");
  const state = async () => (await outbox.list()).rader[0].tilstand;
  for (let i = 0; i < 3; i += 1) {
    await outbox.send();
    assert.equal(await state(), "venter");
  }
  assert.equal(seen.planned.length, 3, "and it is tried again");
  await outbox.send();
  assert.equal(await state(), "stoppet");
});

test("a draft that was stopped goes when somebody asks for it, and the server takes it now", async () => {
  const answers = [json(413, { feil: "413" })];
  const { outbox, store } = scene({ draft: async () => answers.shift() ?? json(200, { lagret: "14:02" }) });
  await outbox.addDraft("/a", { ord: ["halv"] }, "Svar");
  await outbox.send();
  await outbox.send();
  const [stopped] = (await outbox.list()).rader;
  assert.equal(stopped.tilstand, "stoppet", "not by itself");
  assert.equal((await outbox.sendNow(stopped.navn)).slag, "levert");
  assert.equal(store.rows.size, 0);
});

test("too often, and out of order, are said of all of them: the round is over", async () => {
  for (const status of [429, 503]) {
    const { outbox, seen } = scene({ answers: [json(status, {}, { "Retry-After": "30" })] });
    for (const url of ["/a", "/b"]) await outbox.add(to(url, url));
    await outbox.send();
    assert.deepEqual(words(seen), ["/a"]);
    assert.deepEqual(seen.planned, [30_000]);
    const { rader } = await outbox.list();
    assert.equal(rader[0].forsok, undefined, "nothing is held against the one that was asked about");
  }
});

test("a server that cannot take anything is left alone after five", async () => {
  const { outbox, seen } = scene({ post: async (_url, pairs) => (seen.sent.push(Object.fromEntries(pairs)), broken()) });
  for (let i = 0; i < 20; i += 1) await outbox.add(to(`/${i}`, `${i}`));
  await outbox.send();
  assert.equal(seen.sent.length, 5);
  for (let i = 0; i < 5; i += 1) await outbox.send();
  assert.equal(seen.sent.at(-1).ord, "9", "those that were tried many times come last");
});

test("after five tries it is shown as one that does not go, is still tried, and holds nothing up", async () => {
  const answers = Array(5).fill(broken);
  const { outbox, store, seen } = scene({ answers });
  await outbox.add(to("/a", "en"));
  for (let i = 0; i < 4; i += 1) await outbox.send();
  assert.equal(outbox.isStuck((await outbox.list()).rader[0]), false);
  await outbox.send();
  const [stuck] = (await outbox.list()).rader;
  assert.equal(outbox.isStuck(stuck), true);
  assert.equal(stuck.felter[1][1], "en", "with every word");
  answers.push(delivered, broken);
  await outbox.add(to("/a", "to"));
  await outbox.send();
  assert.deepEqual(words(seen).slice(5), ["to", "en"]);
  assert.equal((await outbox.sendNow(stuck.navn)).slag, "levert");
  assert.equal(store.rows.size, 0);
});

test("no room on the device: says so, and leaves nothing half behind", async () => {
  const { outbox, store } = scene({ store: device({ room: 1 }) });
  const file = { skjema: "/x", til: "/vedlegg", fil: { name: "a.jpg", type: "image/jpeg", arrayBuffer: async () => new ArrayBuffer(9) } };
  await assert.rejects(outbox.add(form("x"), [file]), { name: "QuotaExceededError" });
  assert.equal(store.rows.size, 0);
});

test("files go first, each once, and the form with what they became", async () => {
  const uploads = [];
  const upload = async (url, fields) => {
    uploads.push(fields.nokkel);
    return uploads.length === 2 ? json(503, {}) : json(200, { id: `id${uploads.length}` });
  };
  const { outbox, store, seen } = scene({ upload });
  const file = (name) => ({ skjema: "/x", til: "/vedlegg", fil: { name, type: "image/jpeg", arrayBuffer: async () => new ArrayBuffer(9) } });
  await outbox.add(form("x"), [file("a.jpg"), file("b.jpg")]);
  await outbox.send();
  assert.equal(seen.sent.length, 0);
  await outbox.send();
  assert.equal(uploads.length, 3);
  assert.equal(uploads[1], uploads[2], "the same key again");
  assert.equal(seen.sent[0].vedlegg, "id3");
  assert.equal(store.rows.size, 0);
});

test("a draft goes to where drafts are kept; the form that is sent takes its place", async () => {
  const drafts = [];
  const draft = async (sti, felter) => (drafts.push([sti, felter.ord[0]]), json(200, { lagret: "14:02" }));
  const { outbox, store } = scene({ draft });
  await outbox.addDraft("/varsel/1/uttalelse", { ord: ["halv"] }, "Svar");
  await outbox.addDraft("/varsel/1/uttalelse", { ord: ["halv setning"] }, "Svar");
  await outbox.send();
  assert.deepEqual(drafts, [["/varsel/1/uttalelse", "halv setning"]]);
  await outbox.addDraft("/varsel/1/uttalelse", { ord: ["hel"] }, "Svar");
  await outbox.add(form("hel"));
  assert.equal((await outbox.list()).alle, 1);
  await outbox.send();
  assert.equal(store.rows.size, 0);
});

test("one that is sent now is told of as the page's own; the rest as the queue's", async () => {
  const { outbox, seen } = scene();
  const name = await outbox.add(form("x"));
  assert.equal((await outbox.sendNow(name)).slag, "levert");
  assert.equal(seen.where, "side");
  await outbox.add(form("y"));
  await outbox.send();
  assert.equal(seen.where, "ko");
});

test("a draft that was written on while it was sent is not forgotten with the older one", async () => {
  const drafts = [];
  const store = device();
  let outbox;
  const draft = async (_sti, { ord }) => {
    drafts.push(ord[0]);
    if (drafts.length === 1) await outbox.addDraft("/varsel/1/uttalelse", { ord: ["halv setning"] }, "Svar");
    return json(200, { lagret: "14:02" });
  };
  ({ outbox } = scene({ draft, store }));
  await outbox.addDraft("/varsel/1/uttalelse", { ord: ["halv"] }, "Svar");
  await outbox.send();
  assert.equal((await outbox.list()).rader[0].felter.ord[0], "halv setning");
  await outbox.send();
  assert.deepEqual(drafts, ["halv", "halv setning"]);
  assert.equal(store.rows.size, 0);
});

test("one that was taken off the list while it was sent does not come back", async () => {
  const store = device();
  let outbox;
  const post = async () => {
    const { rader } = await outbox.list();
    await outbox.drop(rader[0].navn, rader[0]);
    return json(409, { svar: "stoppet", meldinger: ["Nei."] });
  };
  ({ outbox } = scene({ post, store }));
  await outbox.add(form("x"));
  await outbox.send();
  assert.equal(store.rows.size, 0);
});

const jpeg = (navn, nokkel) => ({ skjema: "/a", til: "/vedlegg", nokkel, fil: new File([navn], navn, { type: "image/jpeg" }) });
const took = (uploads) => async (_url, { nokkel }) => (uploads.push(nokkel), json(200, { id: `id ${nokkel}` }));

test("a draft goes with its files, and files alone go too", async () => {
  const [drafts, uploads] = [[], []];
  const draft = async (sti, felter) => (drafts.push([sti, felter]), json(200, { lagret: "14:02" }));
  const { outbox, store } = scene({ draft, upload: took(uploads) });
  await outbox.addDraft("/a", { ord: ["halv"] }, "Svar");
  await outbox.addFile("/a", jpeg("a.jpg", "1"), "Svar");
  await outbox.addFile("/b", jpeg("b.jpg", "2"), "Svar");
  await outbox.send();
  assert.deepEqual(uploads, ["1", "2"]);
  assert.deepEqual(drafts, [["/a", { ord: ["halv"] }]]);
  assert.equal(store.rows.size, 0);
});

test("the form takes the files of its draft along, under the keys they were chosen with", async () => {
  const uploads = [];
  const { outbox, store, seen } = scene({ upload: took(uploads) });
  await outbox.addFile("/a", jpeg("a.jpg", "1"), "Svar");
  await outbox.add(to("/a", "hel"), [jpeg("a.jpg", "1")]);
  await outbox.send();
  assert.deepEqual(uploads, ["1"]);
  assert.equal(seen.sent[0].vedlegg, "id 1");
  assert.equal(store.rows.size, 0);
});

test("files of the form that is open are left to it", async () => {
  const uploads = [];
  const { outbox, store } = scene({ upload: took(uploads), leave: (sti) => sti === "/a" });
  await outbox.addFile("/a", jpeg("a.jpg", "1"), "Svar");
  await outbox.addFile("/b", jpeg("b.jpg", "2"), "Svar");
  await outbox.send();
  assert.deepEqual(uploads, ["2"]);
  assert.equal(store.rows.size, 2);
});

test("drafts that several pages have written in one form are sent each by itself", async () => {
  const got = [];
  const draft = async (sti, { utkastside, ord }) => (got.push([sti, utkastside[0], ord[0]]), json(200, { lagret: "14:02" }));
  const { outbox, store } = scene({ draft });
  for (const [sti, side] of [["/a", "b1"], ["/a", "a2.f0"], ["/a/b", "c3"]]) await outbox.addDraft(sti, { utkastside: [side], ord: [side] }, "Svar");
  assert.deepEqual((await outbox.list()).rader.map(({ slag, url }) => [slag, url]), [["utkast", "/a"], ["utkast", "/a"], ["utkast", "/a/b"]]);
  await outbox.send();
  assert.deepEqual(got.sort(), [["/a", "a2.f0", "a2.f0"], ["/a", "b1", "b1"], ["/a/b", "c3", "c3"]]);
  assert.equal(store.rows.size, 0);
});
