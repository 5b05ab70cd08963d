// The theme page: ties the form to saving, and small kindnesses of the questions. Without it the page's own buttons
// save. Started by tema.js, and by frakoblet.js for a page that lay on the device.

import { submitAfter } from "./innsending.js";
import { openQueue } from "./ko.js";
import { deviceKey } from "./lager.js";
import { createSaver } from "./lagring.js";
import { statusLine } from "./status.js";
import { themePage } from "./temaside.js";
import { touchedEarly } from "./tidlig.js";
import { shown } from "./vist.js";

/**
 * Resolves when what an earlier visit could not send stands in the form. `fresh`: the page has come from the server just
 * now, so that what differs from it was typed by somebody.
 */
export async function startTheme({ fresh = false } = {}) {
  const form = document.getElementById("hovedskjema");
  const line = document.getElementById("statuslinje");
  if (!form || !line?.dataset.url) return;
  const key = deviceKey();
  // The page gives way to another one without being left (frakoblet.js): what listens to the window stops listening.
  const life = new AbortController();
  const { signal } = life;
  const page = themePage(form);
  const status = statusLine(line);
  const onSaved = (felt, answer) =>
    document.dispatchEvent(new CustomEvent("medvirk:lagret", { detail: { url: line.dataset.url, felt, answer } }));
  const saver = createSaver({ page, url: line.dataset.url, queue: null, status, onSaved });
  const { changed } = saver;

  const questionOf = (element) => element.closest?.("[data-sporsmal]")?.dataset.sporsmal;
  const isChoice = (element) => element.type === "radio" || element.type === "checkbox";

  form.addEventListener("input", ({ target }) => {
    const id = questionOf(target);
    if (!id) return;
    if (isChoice(target) && target.checked && target.name === id) onlyOne(target);
    if (target.name === `mini.${id}`) showWhatToChange(target);
    changed(id, { choice: isChoice(target) });
  });
  form.addEventListener("focusout", () => saver.save());
  const before = fresh ? touchedEarly(form).map(questionOf) : [];
  for (const id of new Set(before)) if (id) changed(id);

  // «Fjern svaret» without leaving the page.
  form.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="fjern"]');
    if (!button) return;
    event.preventDefault();
    const id = button.value;
    page.write(id, { verdi: "", vil_ikke: false });
    document.getElementById(id)?.focus();
    changed(id, { choice: true });
  });

  status.onSend(() => saver.retry());
  addEventListener("online", () => saver.retry(), { signal });
  addEventListener("pagehide", () => saver.leaving({ final: true }), { signal });
  document.addEventListener("medvirk:forlat", ({ detail }) => {
    detail.push(saver.putAway((sealing) => detail.forsegles.push(sealing)));
  }, { signal });
  document.addEventListener("medvirk:viker", ({ detail }) => {
    detail.push(saver.putAway());
    life.abort();
  }, { once: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saver.leaving();
    else saver.retry();
  }, { signal });
  const submit = submitAfter(form, () => saver.inFlight());
  addEventListener("beforeunload", (event) => {
    // Only when neither server nor device has the text.
    if (saver.isUnsent() && !saver.isKept() && status.isProblem() && !submit.isGoing()) event.preventDefault();
  }, { signal });

  // Opening the device's store takes a while on a slow phone; all of the above is at work by then.
  await shown();
  saver.useQueue(key ? await openQueue(key) : null);
  await saver.restore();
}

/** «Endret» opens the answer, so that it can be changed (K7); «fortsatt slik» leaves it as it is. */
function showWhatToChange(chosen) {
  const answer = chosen.closest("[data-sporsmal]").querySelector("details");
  if (answer && chosen.value === "endret") answer.open = true;
}

/** A choice like «ingen av disse» stands alone (data-alene), and gives way when another is made. */
function onlyOne(chosen) {
  if (chosen.type !== "checkbox") return;
  const alone = chosen.hasAttribute("data-alene");
  for (const other of chosen.closest("fieldset").elements) {
    if (other.name === chosen.name && other !== chosen && (alone || other.hasAttribute("data-alene"))) other.checked = false;
  }
}
