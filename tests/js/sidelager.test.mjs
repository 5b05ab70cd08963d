// Kept pages: which, how many, and what gives way. A device and a network that the test holds in its hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { queue } from "../../webapp/static/js/ko.js";
import { waitsFor } from "../../webapp/static/js/merker.js";
import { createPages, mayKeep } from "../../webapp/static/js/sidelager.js";
import { device } from "./enhet.mjs";

const said = new Map([["medvirk.min", "a"]]);
globalThis.localStorage = { getItem: (name) => said.get(name) ?? null, setItem: (name, value) => said.set(name, value), removeItem: (name) => said.delete(name) };

const page = (url, tid) => ({ url, tid, tittel: url, sprak: "nb", kropp: "<main></main>" });
const kept = (store) => [...store.rows.keys()].filter((name) => name.startsWith("a lager p ")).map((name) => name.slice(10));
/** No room for more than so many pages. */
const small = (most) => device({ bytes: 1_000, fits: (rows, _store, name) => !name.startsWith("p ") || kept({ rows }).length < most });

test("the work is kept, and nothing of what was only looked at", () => {
  const id = "01a20bd3-7c72-77da-aba6-a2ee385d9e0a";
  for (const path of ["/", "/kartlegging/bolig", "/plan/", `/plan/steg/${id}/gjort`, `/varsel/${id}`, `/varsel/${id}/uttalelse`, `/vilkar/${id}/gjort`]) assert.ok(mayKeep(path), path);
  for (const path of ["/innsyn/", "/mer/koder", "/mer/palogginger", "/klage/", "/kartlegging/bolig/to-tekster", "/i/abc", "/veileder/", `/varsel/${id}/avgjorelse`]) assert.ok(!mayKeep(path), path);
});

test("at most eighty pages and six megabytes; the oldest give way", async () => {
  const many = device({ bytes: 1_000 });
  const pages = createPages({ store: many, bygg: "1", locks: null });
  for (let i = 0; i < 100; i += 1) await pages.keep(page(`/kartlegging/t${i}`, i));
  assert.equal(kept(many).length, 80);
  assert.ok(!kept(many).includes("/kartlegging/t0"));
  const large = device({ bytes: 1_000_000 });
  const heavy = createPages({ store: large, bygg: "1", locks: null });
  for (let i = 0; i < 10; i += 1) await heavy.keep(page(`/plan/${i}`, i));
  assert.deepEqual(kept(large), [4, 5, 6, 7, 8, 9].map((i) => `/plan/${i}`));
});

test("a full phone keeps fewer, and a page that does not fit is not kept", async () => {
  const store = small(4);
  const pages = createPages({ store, bygg: "1", locks: null });
  for (let i = 0; i < 4; i += 1) assert.equal(await pages.keep(page(`/plan/${i}`, i)), true);
  assert.equal(await pages.keep(page("/plan/4", 4)), true);
  assert.deepEqual(kept(store), ["/plan/2", "/plan/3", "/plan/4"]);
  const none = createPages({ store: small(0), bygg: "1", locks: null });
  assert.equal(await none.keep(page("/plan/", 1)), false);
});

test("after «slett» or sign-out in another tab nothing more is kept", async () => {
  const store = device();
  const pages = createPages({ store, bygg: "1", locks: null });
  said.delete("medvirk.min");
  assert.equal(await pages.keep(page("/plan/", 1)), false);
  await pages.refresh({ sprak: "nb" });
  assert.equal(store.rows.size, 0);
  said.set("medvirk.min", "a");
});

/** A server where `owner` is signed in, and a page of theirs as the parser sees it. */
function signedIn(owner, ofPage = owner) {
  const body = { querySelectorAll: () => [], innerHTML: "<main></main>", cloneNode: () => body };
  const meta = { dataset: { eier: ofPage } };
  globalThis.DOMParser = class {
    parseFromString = () => ({ body: { className: "bruker", cloneNode: () => body }, title: "Plan", documentElement: { lang: "nb", dir: "ltr" }, querySelector: () => meta, querySelectorAll: () => [] });
  };
  return async (url) => {
    const sider = url === "/enhet/sider";
    const content = sider ? JSON.stringify({ eier: owner, sider: ["/plan/"], kontor: {} }) : "<!doctype html>";
    return new Response(content, { headers: { "Content-Type": sider ? "application/json" : "text/html" } });
  };
}

test("pages are kept for whoever's they are, and for nobody else", async () => {
  for (const [owner, ofPage, kept_] of [["a", "a", ["/plan/"]], ["b", "b", []], ["a", "b", []], ["a", "", []]]) {
    const store = device();
    await createPages({ store, bygg: "1", locks: null, get: signedIn(owner, ofPage) }).refresh({ sprak: "nb" });
    assert.deepEqual(kept(store), kept_, `${owner} is signed in, the page is of «${ofPage}»`);
    assert.equal(store.rows.has("a lager om"), owner === "a");
  }
});

test("what was saved since the page was fetched lies beside it; two texts for one answer do not", async () => {
  const pages = createPages({ store: device(), bygg: "1", locks: null });
  const felt = { a: { verdi: "ny", vil_ikke: false, versjon: 1 }, b: { verdi: "min", vil_ikke: false, versjon: 1 } };
  await pages.overlay("/kartlegging/bolig/lagre", felt, { felt: { a: { versjon: 2, merke: "x" }, b: { versjon: 5, merke: "y" } }, konflikt: ["b"] });
  assert.deepEqual(await pages.overlayOf("/kartlegging/bolig"), { a: { verdi: "ny", vil_ikke: false, versjon: 2, merke: "x" } });
});

const THEME = "/kartlegging/bolig";
const OVERLAY = `a lager o ${THEME}`;
const save = (pages, versjon) => pages.overlay(`${THEME}/lagre`, { a: { verdi: `${versjon}` } }, { felt: { a: { versjon, merke: "x" } } });

/** The theme page that is open: as it came, or with answers that were saved on it since. */
function openPage({ saved }) {
  const body = { className: "bruker", querySelectorAll: () => [], innerHTML: "the page that is open", cloneNode: () => body };
  return { body, title: "Bolig", documentElement: { lang: "nb", dir: "ltr" }, querySelector: (which) => (saved && which.includes("[data-ny-versjon]") ? {} : null) };
}

test("a theme page that answers have been saved on is kept as the server makes it now, never half old and half new", async () => {
  for (const [saved, before, expected] of [[false, false, "the page that is open"], [true, false, "<main></main>"], [false, true, "<main></main>"]]) {
    const store = device();
    const pages = createPages({ store, bygg: "1", locks: null, get: signedIn("a") });
    if (before) await save(pages, 2); // in another tab, perhaps after this page was made
    await pages.keepOpen(openPage({ saved }), THEME);
    assert.equal((await pages.get(THEME)).kropp, expected);
    assert.equal(store.rows.has(OVERLAY), false, "it stands in the page now");
  }
});

test("what is saved while the page is on its way stays beside it: perhaps it is not in it", async () => {
  const store = device();
  const server = signedIn("a");
  const get = async (url) => (await save(pages, 3), server(url));
  const pages = createPages({ store, bygg: "1", locks: null, get });
  await save(pages, 2);
  await pages.keepOpen(openPage({ saved: true }), THEME);
  assert.equal(store.rows.get(OVERLAY).a.versjon, 3);
});

test("a theme that has changed without anybody noting it here is fetched anew, and only then: the last words of a page that went, another device", async () => {
  const store = device();
  const asked = [];
  let versjoner = 3;
  const form = { dataset: { eier: "a", get versjoner() { return `${versjoner}`; } } };
  const server = signedIn("a");
  const get = async (url) => {
    asked.push(url);
    return url === "/enhet/sider" ? new Response(JSON.stringify({ eier: "a", sider: [THEME], versjoner: { [THEME]: versjoner } })) : server(url);
  };
  const pages = createPages({ store, bygg: "1", locks: null, get });
  const parse = new globalThis.DOMParser().parseFromString;
  globalThis.DOMParser = class {
    parseFromString = () => ({ ...parse(), querySelector: () => form });
  };
  const fetches = async () => {
    asked.length = 0;
    await pages.refresh({ sprak: "nb" });
    return asked.filter((url) => url === THEME).length;
  };
  assert.deepEqual([await fetches(), await fetches()], [1, 0]);
  versjoner = 4;
  assert.deepEqual([await fetches(), await fetches()], [1, 0]);
  await pages.keepOpen({ ...openPage({ saved: false }), querySelector: (which) => (which === "#hovedskjema" ? form : null) }, THEME);
  assert.equal(await fetches(), 0, "the page that was open says itself which it is");
});

test("two tabs that note what arrived of one page lose nothing of each other's, and an older answer does not replace a newer one", async () => {
  const store = device();
  const pages = createPages({ store, bygg: "1", locks: null });
  const arrived = (id, versjon) => pages.overlay(`${THEME}/lagre`, { [id]: { verdi: `${versjon}` } }, { felt: { [id]: { versjon, merke: "x" } } });
  await Promise.all([arrived("a", 3), arrived("b", 2)]);
  await arrived("a", 2);
  const { a, b } = await pages.overlayOf(THEME);
  assert.deepEqual([a.versjon, b.versjon], [3, 2]);
});

test("where the page cannot be fetched, the older one stays as it was", async () => {
  const pages = createPages({ store: device(), bygg: "1", locks: null, get: async () => new Response("", { status: 503 }) });
  await pages.keep(page(THEME, 1));
  await save(pages, 2);
  await pages.keepOpen(openPage({ saved: true }), THEME);
  assert.equal((await pages.get(THEME)).tid, 1);
  assert.equal((await pages.overlayOf(THEME)).a.versjon, 2);
});

test("two tabs with one theme keep a row each; what one has sent is not the other's to forget", async () => {
  const store = device();
  const [one, other] = [queue(store), queue(store)];
  await one.put("/kartlegging/bolig/lagre", { a: 1 });
  await other.put("/kartlegging/bolig/lagre", { b: 2 });
  // Names are drawn at random: no order between the two.
  assert.deepEqual((await one.all()).map(([url, felt]) => JSON.stringify([url, felt])).sort(), [
    '["/kartlegging/bolig/lagre",{"a":1}]',
    '["/kartlegging/bolig/lagre",{"b":2}]',
  ]);
  await one.remove("/kartlegging/bolig/lagre");
  assert.deepEqual((await other.all()).map(([, felt]) => felt), [{ b: 2 }]);
});

test("the phone says that an answer waits, so that any page sends it, and takes it back with the last one", async () => {
  const store = device();
  const kept = queue(store);
  await kept.put("/kartlegging/bolig/lagre", { a: 1 });
  await kept.put("/kartlegging/helse/lagre", { b: 1 });
  assert.ok(waitsFor(store.owner));
  await kept.remove("/kartlegging/bolig/lagre");
  assert.ok(waitsFor(store.owner));
  const [[, , name, mark]] = await kept.all();
  await kept.takeAway(name, mark);
  assert.equal(waitsFor(store.owner), false);
  await store.put("sendinger", "s 1", { url: "/klage/" });
  await kept.put("/kartlegging/bolig/lagre", { a: 1 });
  await kept.remove("/kartlegging/bolig/lagre");
  assert.ok(waitsFor(store.owner), "a form waits still");
});

test("what another tab writes in the moment the last one is taken away is said", async () => {
  const store = device();
  const [kept, other] = [queue(store), queue(store)];
  await kept.put("/kartlegging/bolig/lagre", { a: 1 });
  const { names } = store;
  let asked = 0;
  store.names = async (of) => {
    const found = await names(of);
    if ((asked += 1) === 1) await other.put("/kartlegging/helse/lagre", { b: 1 }); // after it was looked for, before it is said
    return found;
  };
  await kept.remove("/kartlegging/bolig/lagre");
  assert.ok(waitsFor(store.owner));
});

test("an answer from before that was said is found when a theme is opened", async () => {
  const store = device();
  await store.put("ko", "/kartlegging/bolig/lagre gammel", { a: 1 });
  await queue(store).all();
  assert.ok(waitsFor(store.owner));
});
