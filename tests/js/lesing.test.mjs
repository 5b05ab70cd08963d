// What «Les høyt» reads: sentences, order, languages, and the choice of voice. The page is a small stand-in.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { gather, isNorwegian, sentences, voiceFor } from "../../webapp/static/js/lesing.js";

const cut = (text, ...more) => sentences(text, ...more).map(([from, to]) => text.slice(from, to));

for (const [how, Segmenter] of [["with", Intl.Segmenter], ["without", null]]) {
  test(`sentences, ${how} the browser's own rules`, () => {
    assert.deepEqual(cut("  Du velger selv. Vil du svare?  Ja! ", "nb", Segmenter), ["Du velger selv.", "Vil du svare?", "Ja!"]);
    assert.deepEqual(cut("«Kom hit.» Hun gikk", "nb", Segmenter), ["«Kom hit.»", "Hun gikk"]);
    assert.deepEqual(cut("ماذا تريد؟ أنا هنا.", "ar", Segmenter), ["ماذا تريد؟", "أنا هنا."]);
    assert.deepEqual(cut("ሰላም። ከመይ ኣለኻ።", "ti", Segmenter), ["ሰላም።", "ከመይ ኣለኻ።"]);
    assert.deepEqual(cut(" … – 👍 ", "nb", Segmenter), [], "signs alone are not read");
    assert.deepEqual(cut("", "nb", Segmenter), []);
  });
}

const text = (data) => ({ nodeType: 3, data });
const el = (name, attributes = {}, ...children) => ({
  nodeType: 1,
  name,
  attributes,
  childNodes: children.map((child) => (typeof child === "string" ? text(child) : child)),
  getAttribute: (key) => attributes[key] ?? null,
});
const look = {
  skip: ({ name }) => name === "nav",
  block: ({ name }) => ["main", "h1", "p", "div", "label", "input"].includes(name),
  lines: ({ attributes }) => attributes.class === "ord",
  value: ({ attributes }) => attributes.value,
  before: ({ attributes }) => (attributes.checked ? "Valgt:" : ""),
};
const read = (lang, ...children) => gather(el("main", {}, ...children), lang, look);
const said = (pieces) => pieces.map(({ lang, text: words }) => `${lang}: ${words}`);

test("heading first, then everything in the order of the page; inline parts belong to their sentence", () => {
  const pieces = read("nb", el("h1", {}, "Bolig"), "\n", el("nav", {}, "Hjem"), el("p", {}, "Hvor\n  bor ", el("strong", {}, "du"), " nå? Si det."), el("p", {}, " "));
  assert.deepEqual(said(pieces), ["nb: Bolig", "nb: Hvor   bor du nå?", "nb: Si det."]);
});

test("a sentence knows where it stands, across the parts it is made of", () => {
  const [before, middle, after] = ["En ", "to", ". Tre."].map(text);
  const [one, two] = read("nb", el("p", {}, before, el("b", {}, middle), after));
  assert.deepEqual(one.start, [before, 0]);
  assert.deepEqual(one.end, [after, 1]);
  assert.deepEqual(two.start, [after, 2]);
  assert.deepEqual(two.end, [after, 6]);
  assert.equal(one.element.name, "p");
});

test("what is in another language is a piece of its own, and «und» is the page's", () => {
  const pieces = read("ti", el("p", {}, "ሰላም ", el("span", { lang: "nb" }, "Vilkår"), " ከመይ"), el("p", { lang: "und" }, "Mine ord"));
  assert.deepEqual(said(pieces), ["ti: ሰላም", "nb: Vilkår", "ti: ከመይ", "ti: Mine ord"]);
});

test("fields are read as what stands in them, without a place in the text", () => {
  const pieces = read("nb", el("label", {}, "Hva sier du?"), el("field", { value: "En. To." }), el("field", { value: "" }));
  assert.deepEqual(said(pieces), ["nb: Hva sier du?", "nb: En.", "nb: To."]);
  assert.equal(pieces[1].start, undefined);
});

test("a choice that is made says so first, and is marked where its words stand", () => {
  const words = text("Jeg leier");
  const [piece] = read("nb", el("label", {}, el("input", { checked: true }), words));
  assert.equal(piece.text, "Valgt: Jeg leier");
  assert.deepEqual([piece.start, piece.end], [[words, 0], [words, 9]]);
});

test("own words keep their lines", () => {
  assert.deepEqual(said(read("nb", el("p", { class: "ord" }, "uten punktum\nny linje"))), ["nb: uten punktum", "nb: ny linje"]);
});

const voice = (lang, localService = true, more = {}) => ({ lang, localService, ...more });

test("a voice of the device, by any of the names its language has", () => {
  const voices = [voice("en-US"), voice("nb_NO"), voice("fa-IR"), voice("ara-XXX")];
  assert.equal(voiceFor("nb", voices).lang, "nb_NO");
  assert.equal(voiceFor("nn", voices).lang, "nb_NO");
  assert.equal(voiceFor("fa-AF", voices).lang, "fa-IR");
  assert.equal(voiceFor("ar", voices).lang, "ara-XXX");
  assert.equal(voiceFor("ti", voices), undefined);
  assert.equal(voiceFor("se", voices), undefined, "Northern Sámi is not Norwegian");
  assert.equal(voiceFor("nb", [voice("nn-NO"), voice("no-NO")]).lang, "no-NO");
  assert.equal(voiceFor("fa-AF", [voice("fa-IR"), voice("fa-AF")]).lang, "fa-AF");
});

test("a voice that works elsewhere is no voice: the text would be sent to its maker", () => {
  assert.equal(voiceFor("nb", [voice("nb-NO", false), voice("nb-NO", null)]), undefined);
});

test("Norwegian is Norwegian", () => {
  assert.deepEqual(["nb", "nb-NO", "nn", "no", "se", "en"].map(isNorwegian), [true, true, true, true, false, false]);
});

test("nothing that is read aloud or spoken can leave the page or reach a log", async () => {
  for (const name of ["lesing", "les", "leslinje", "lesmerke", "lesknapp", "diktering"]) {
    const script = await readFile(new URL(`../../webapp/static/js/${name}.js`, import.meta.url), "utf8");
    assert.doesNotMatch(script, /fetch\(|XMLHttp|sendBeacon|WebSocket|postJson|console|indexedDB/, name);
  }
});
