// The line that says what is saved (status.js): its first words wait for the page, and never come in place of later ones.

import assert from "node:assert/strict";
import { test } from "node:test";

import { statusLine } from "../../webapp/static/js/status.js";

/** The line as the template makes it. */
function line() {
  const parts = Object.fromEntries(
    ["statustekst", "opplest", "send-na", "logg-inn"].map((name) => [`[data-${name}]`, { textContent: "", hidden: true }]),
  );
  parts["[data-statustekst]"].textContent = "Press the button";
  return {
    dataset: { tilstand: "uten-skript", klar: "Saved as you write", lagrer: "Saving" },
    querySelector: (name) => parts[name],
    get says() {
      return parts["[data-statustekst]"].textContent;
    },
  };
}

const later = () => new Promise((done) => setTimeout(done));

/** A browser that has painted nothing yet; returns what tells that it has. */
function unpainted() {
  let tell = null;
  class Observer {
    static supportedEntryTypes = ["paint"];
    constructor(told) {
      tell = told;
    }
    observe() {}
    disconnect() {}
  }
  Object.assign(globalThis, { document: { visibilityState: "visible" }, PerformanceObserver: Observer });
  return () => tell();
}

test("other words than the template's come when the page is on the screen", async () => {
  const paint = unpainted();
  const element = line();
  statusLine(element);
  await later();
  assert.equal(element.says, "Press the button");
  paint();
  await later();
  assert.equal(element.says, "Saved as you write");
});

test("what has been said in the meantime stays", async () => {
  const paint = unpainted();
  const element = line();
  statusLine(element).show("lagrer");
  paint();
  await later();
  assert.equal(element.says, "Saving");
});
