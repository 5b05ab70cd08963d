// Drafts on the device: each page's in a row of its own, and what becomes of the rows when pages come and go.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createDrafts } from "../../webapp/static/js/utkastrader.js";
import { device } from "./enhet.mjs";

function scene() {
  const store = device();
  const sealFile = async (name, { fil, ...file }) => {
    await store.putBytes("filer", `${name} ${file.nokkel}`, await fil.arrayBuffer());
    return { ...file, navn: fil.name, type: fil.type };
  };
  return { store, drafts: createDrafts({ store, sealFile, changed() {} }) };
}

/** What a page has in its form: its own id, and which parts it has fetched from the server. */
const on = (page, ord) => ({ utkastside: [page], ord: [ord] });

/** Tabs of which these are open: what another page may take, and what is theirs. */
const open = (...pages) => ({ take: async (id) => !pages.includes(id), isTheirs: async (id) => pages.includes(id) });

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

test("files that stand in a page that is open are not put in another one", async () => {
  const { drafts } = scene();
  const jpeg = (nokkel) => ({ skjema: "/a", til: "/vedlegg", nokkel, fil: new File(["x"], `${nokkel}.jpg`, { type: "image/jpeg" }) });
  await drafts.addFile("/a", jpeg("1"), "Svar", "a");
  await drafts.addDraft("/a", on("b", "halv"), "Svar");
  await drafts.addFile("/a", jpeg("2"), "Svar", "b.f0");
  const keys = async (...pages) => (await drafts.filesOf("/a", open(...pages).isTheirs)).map(({ nokkel }) => nokkel);
  assert.deepEqual((await keys()).sort(), ["1", "2"]);
  assert.deepEqual(await keys("a"), ["2"]);
  assert.deepEqual(await keys("b"), ["1"]);
});
