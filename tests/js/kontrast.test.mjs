// The theme's colours, computed: text 4.5:1, what one must see to use a control 3:1 (WCAG 1.4.3, 1.4.11), light and dark.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const css = await readFile(new URL("../../webapp/static/css/tema.css", import.meta.url), "utf8");
const [lightCss, darkCss] = css.split("prefers-color-scheme: dark");

const tokens = (text) =>
  Object.fromEntries([...text.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]));
const light = tokens(lightCss);
const themes = { light, dark: { ...light, ...tokens(darkCss) } };

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ["papir", "flate", "flate-dempet"];
const tinted = ["aksent-flate", "obs-flate", "bra-flate", "feil-flate"];
const TEXT = [
  ...["blekk", "blekk-dempet", "aksent-tekst", "feil"].flatMap((ink) => surfaces.map((on) => [ink, on])),
  ...tinted.map((on) => ["blekk", on]),
  ["blekk-dempet", "aksent-flate"], ["blekk-dempet", "obs-flate"],
  ["aksent-tekst", "aksent-flate"], ["aksent-tekst", "aksent-flate-sterk"],
  ["aksent-pa", "aksent"], ["aksent-pa", "aksent-mork"], ["aksent-pa", "aksent-morkest"],
  ["feil", "feil-flate"], ["obs", "obs-flate"], ["bra", "bra-flate"], ["flate", "feil"],
];
const SEEN = [
  ...["strek-felt", "aksent", "feil-strek", "fokus"].flatMap((line) => ["papir", "flate"].map((on) => [line, on])),
  ["bra-strek", "papir"], ["obs-strek", "obs-flate"], ["aksent", "aksent-flate"], ["aksent-strek", "flate"],
];

for (const [name, colours] of Object.entries(themes)) {
  for (const [pairs, least] of [[TEXT, 4.5], [SEEN, 3]]) {
    for (const [ink, on] of pairs) {
      test(`${name}: ${ink} on ${on} is at least ${least}:1`, () => {
        const found = contrast(colours[ink], colours[on]);
        assert.ok(found >= least, `${colours[ink]} on ${colours[on]} is ${found.toFixed(2)}:1`);
      });
    }
  }
}
