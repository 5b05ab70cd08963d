// On every page: drafts, counters, printing, and what a keyboard expects. All of it is extra; the pages work without.

import * as leaving from "./lukk.js";
import { watchReturn, watchSession } from "./sesjon.js";
import { watchLengths } from "./teller.js";
import { keepDrafts } from "./utkast.js";

for (const form of document.querySelectorAll("form[data-utkast]")) keepDrafts(form);
watchLengths();
watchSession();
leaving.watchLukk();
watchReturn();

// The error summary is where one must begin.
document.querySelector("[data-fokus]")?.focus();

for (const button of document.querySelectorAll("[data-skriv-ut]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The language menu closes as menus do.
const menu = document.querySelector("details.sprak");
document.addEventListener("click", ({ target }) => {
  if (menu?.open && !menu.contains(target)) menu.open = false;
});
menu?.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Signing out erases this device: first send what waits here, or ask. Every page's footer carries the words for it.
const words = document.querySelector("form[data-logg-ut]")?.dataset;
for (const form of words ? document.querySelectorAll('form[method="post"][action$="/ut"]') : []) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { signOut } = await import(words.loggUt);
      if (!(await signOut(form, leaving))) return;
    } catch {
      // The module did not load: signing out is what was asked for.
    }
    form.submit();
  });
}
// So that it can be done without network too.
if (words) addEventListener("load", () => setTimeout(() => import(words.loggUt).catch(() => {}), 2_000));
