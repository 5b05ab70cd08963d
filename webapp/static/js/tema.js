// The theme page: ties the form to saving, and small kindnesses of the questions. Without this file the page's own
// buttons save.

import { submitAfter } from "./innsending.js";
import { openQueue } from "./ko.js";
import { createSaver } from "./lagring.js";
import { statusLine } from "./status.js";
import { themePage } from "./temaside.js";

const form = document.getElementById("hovedskjema");
const line = document.getElementById("statuslinje");
if (form && line?.dataset.url) start();

async function start() {
  const key = document.querySelector('meta[name="enhetsnokkel"]')?.content;
  const page = themePage(form);
  const status = statusLine(line);
  let saver = null;
  const early = []; // typed before the queue was open
  const changed = (id, how) => (saver ? saver.changed(id, how) : early.push([id, how]));

  const questionOf = (element) => element.closest?.("[data-sporsmal]")?.dataset.sporsmal;
  const isChoice = (element) => element.type === "radio" || element.type === "checkbox";

  form.addEventListener("input", ({ target }) => {
    const id = questionOf(target);
    if (!id) return;
    if (isChoice(target) && target.checked && target.name === id) onlyOne(target);
    if (target.name === `mini.${id}`) showWhatToChange(target);
    changed(id, { choice: isChoice(target) });
  });
  form.addEventListener("focusout", () => saver?.save());

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

  const queue = key ? await openQueue(key) : null;
  const onSaved = () => document.dispatchEvent(new Event("medvirk:lagret"));
  saver = createSaver({ page, url: line.dataset.url, queue, status, onSaved });
  for (const [id, how] of early) saver.changed(id, how);

  status.onSend(() => saver.retry());
  addEventListener("online", () => saver.retry());
  addEventListener("pagehide", () => saver.leaving({ final: true }));
  document.addEventListener("medvirk:forlat", ({ detail }) => detail.push(saver.putAway()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saver.leaving();
    else saver.retry();
  });
  const submit = submitAfter(form, () => saver.inFlight());
  addEventListener("beforeunload", (event) => {
    // Only when neither server nor device has the text.
    if (saver.isUnsent() && !saver.isKept() && status.isProblem() && !submit.isGoing()) event.preventDefault();
  });

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
