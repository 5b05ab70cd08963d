// Drafts on the device: each page's in a row of its own, and what becomes of the rows when pages come and go.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createDrafts } from "../../webapp/static/js/utkastrader.js";
import { device } from "./enhet.mjs";

function scene(store = device()) {
  const sealFile = async (name, { fil, ...file }) => {
    await store.putBytes("filer", `${name} ${file.nokkel}`, await fil.arrayBuffer());
    return { ...file, navn: fil.name, type: fil.type };
  };
  const drafts = createDrafts({ store, sealFile, changed() {} });
  const names = async () => (await store.names("sendinger")).sort();
  const words = async () => Promise.all((await names()).map(async (name) => (await store.get("sendinger", name)).felter?.ord[0]));
  /** Its form goes to the queue, from that page. */
  const queued = (sti, page, files = []) => drafts.giveWay(sti, [["utkastside", page], ["ord", "hel"]], files, (name) => store.remove("sendinger", name));
  return { store, drafts, names, words, queued };
}
const jpeg = (nokkel) => ({ skjema: "/a", til: "/vedlegg", nokkel, fil: new File(["x"], `${nokkel}.jpg`, { type: "image/jpeg" }) });

/** What a page has in its form: its own id, and which parts it has fetched from the server. */
const on = (page, ord) => ({ utkastside: [page], ord: [ord] });

/** These pages are open: what another one may take, and what is theirs. */
const open = (...pages) => ({ take: async (id) => !pages.includes(id), isTheirs: async (id) => pages.includes(id) });

test("two pages with one form keep a draft each, and what is written last is written on", async () => {
  const { drafts, names, words } = scene();
  await drafts.addDraft("/a", on("b1", "FØRSTE"), "Svar");
  await drafts.addDraft("/a", on("a2.f0", "ANDRE"), "Svar");
  await drafts.addDraft("/a", on("b1", "FØRSTE tekst"), "Svar");
  await drafts.addDraft("/a/b", on("c3", "et annet skjema"), "Svar");
  assert.deepEqual(await names(), ["u /a a2", "u /a b1", "u /a/b c3"]);
  assert.deepEqual(await words(), ["ANDRE", "FØRSTE tekst", "et annet skjema"]);
  assert.equal((await drafts.draftOf("/a", open().take)).felter.ord[0], "FØRSTE tekst");
});

test("a text that took longer to be sealed does not take the place of a newer one of its page", async () => {
  const { drafts, words } = scene();
  const turn = (nr, ord, opening = "c") => drafts.addDraft("/a", { ...on("b1", ord), utkastnr: [`${opening}.${nr}`] }, "Svar");
  await turn(10, "det hele");
  await turn(9, "det");
  assert.deepEqual(await words(), ["det hele"]);
  await turn(11, "det hele og litt til");
  await turn(1, "skrevet på neste gang", "d");
  assert.deepEqual(await words(), ["skrevet på neste gang"]);
  await drafts.addDraft("/a", on("b1", "en eldre utgave av skriptet"), "Svar");
  assert.deepEqual(await words(), ["en eldre utgave av skriptet"]);
});

test("a page's draft is let go of by that page's form, and by its text having arrived; what others wrote stays", async () => {
  const { drafts, words, queued } = scene();
  for (const page of ["a", "b", "c"]) await drafts.addDraft("/a", on(page, page), "Svar");
  await drafts.removeDraft("/a", on("a.f0", "a"));
  await queued("/a", "b");
  assert.deepEqual(await words(), ["c"]);
});

test("what an older version of the page kept is found and written on where it lies", async () => {
  const { drafts, store, names, words } = scene();
  await store.put("sendinger", "u /a", { felter: on("b1", "gammelt"), filer: [], tittel: "Svar", tilstand: "venter" });
  await drafts.addDraft("/a", on("c2", "en annen side"), "Svar");
  assert.deepEqual(await words(), ["gammelt", "en annen side"]);
  assert.equal((await drafts.draftOf("/a", open("c2").take)).felter.ord[0], "gammelt");
  await drafts.addDraft("/a", on("b1", "gammelt og nytt"), "Svar");
  assert.deepEqual([await names(), await words()], [["u /a", "u /a c2"], ["gammelt og nytt", "en annen side"]]);
});

test("a page that is opened goes on with the latest draft that no open page writes on", async () => {
  const { drafts } = scene();
  for (const page of ["a", "b.f0", "c"]) await drafts.addDraft("/a", on(page, page), "Svar");
  const words = async (...pages) => (await drafts.draftOf("/a", open(...pages).take))?.felter.ord[0];
  assert.equal(await words(), "c");
  assert.equal(await words("c"), "b.f0");
  assert.equal(await words("c", "b", "a"), undefined);
});

test("what its page wrote as its last, while another took the draft up, is what that one goes on with", async () => {
  const { drafts } = scene();
  await drafts.addDraft("/a", on("a", "halv"), "Svar");
  const take = async () => Boolean(await drafts.addDraft("/a", on("a", "halv setning"), "Svar"));
  assert.equal((await drafts.draftOf("/a", take)).felter.ord[0], "halv setning");
  const sent = async () => Boolean(await drafts.removeDraft("/a", on("a", "")));
  assert.equal(await drafts.draftOf("/a", sent), null);
});

test("a file that is chosen without network lies with its draft, whatever becomes of the text", async () => {
  const { drafts, store } = scene();
  const found = async () => (await drafts.filesOf("/a", open().isTheirs)).map(({ fil, nokkel }) => [fil.name, nokkel]);
  await drafts.addFile("/a", jpeg("1"), "Svar");
  await drafts.addFile("/a", jpeg("1"), "Svar");
  await drafts.addDraft("/a", { ord: ["halv"] }, "Svar");
  await drafts.addFile("/a", jpeg("2"), "Svar");
  assert.deepEqual(await found(), [["1.jpg", "1"], ["2.jpg", "2"]]);
  await drafts.removeDraft("/a"); // the server has the text
  assert.equal((await found()).length, 2);
  await drafts.removeFile("/a", "1");
  await drafts.removeFile("/a", "2");
  assert.equal(store.rows.size, 0);
});

test("files that waited with another page's draft are put in the form that is opened, and go with it", async () => {
  const { drafts, store, words, queued } = scene();
  await drafts.addDraft("/a", on("b1", "halv"), "Svar");
  await drafts.addFile("/a", jpeg("1"), "Svar", "b1");
  const [file] = await drafts.filesOf("/a", open().isTheirs);
  await drafts.addFile("/a", { ...jpeg("1"), ...file }, "Svar", "c2"); // the page that is open has it now
  assert.equal((await drafts.filesOf("/a", open().isTheirs)).length, 1);
  await queued("/a", "c2", [jpeg("1")]);
  assert.deepEqual([await words(), await store.names("filer")], [["halv"], []]);
});

test("files that stand in a page that is open are not put in another one", async () => {
  const { drafts } = scene();
  await drafts.addFile("/a", jpeg("1"), "Svar", "a");
  await drafts.addDraft("/a", on("b", "halv"), "Svar");
  await drafts.addFile("/a", jpeg("2"), "Svar", "b.f0");
  const keys = async (...pages) => (await drafts.filesOf("/a", open(...pages).isTheirs)).map(({ nokkel }) => nokkel);
  assert.deepEqual((await keys()).sort(), ["1", "2"]);
  assert.deepEqual(await keys("a"), ["2"]);
  assert.deepEqual(await keys("b"), ["1"]);
});
