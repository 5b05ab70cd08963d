import assert from "node:assert/strict";
import { test } from "node:test";

import { isTouched, touchedEarly } from "../../webapp/static/js/tidlig.js";

const text = (value, defaultValue = "") => ({ type: "textarea", value, defaultValue });
const box = (checked, defaultChecked) => ({ type: "checkbox", checked, defaultChecked, value: "a", defaultValue: "a" });
const list = (selectedIndex, ...marked) => ({ type: "select-one", selectedIndex, options: marked.map((defaultSelected) => ({ defaultSelected })) });

test("text that differs from the page as it came was typed", () => {
  assert.equal(isTouched(text("", "")), false);
  assert.equal(isTouched(text("Jeg bor her.", "Jeg bor her.")), false);
  assert.equal(isTouched(text("Jeg bor her. Og", "Jeg bor her.")), true);
  assert.equal(isTouched(text("", "Jeg bor her.")), true, "taken away is a change too");
});

test("choices, in boxes and in lists", () => {
  assert.deepEqual([box(true, true), box(false, false), box(true, false), box(false, true)].map(isTouched), [false, false, true, true]);
  assert.equal(isTouched(list(0, false, false)), false, "without a mark the first one is chosen by the browser");
  assert.equal(isTouched(list(1, false, true)), false);
  assert.equal(isTouched(list(1, false, false)), true);
});

test("what no person writes in is left out: hidden fields, files, buttons, groups", () => {
  const others = [{ type: "hidden", value: "2", defaultValue: "1" }, { type: "file", value: "x", defaultValue: "" }, { type: "submit", value: "neste" }, { type: "fieldset" }];
  assert.deepEqual(touchedEarly({ elements: [...others, text("Nå")] }), [text("Nå")]);
});
