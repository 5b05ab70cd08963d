// What somebody has written in a form, shown back to them before it is sent (U4), as the server would show it.

import { el, ownWords } from "./biter.js";

/** What the form holds, as the person sees it: [question, [answers]]. */
function inWords(form) {
  const found = [];
  for (const set of form.querySelectorAll("fieldset")) {
    const chosen = [...set.querySelectorAll("input:checked")].map((input) => input.closest("label")?.textContent ?? input.labels?.[0]?.textContent ?? "");
    const legend = set.querySelector("legend")?.textContent ?? "";
    if (chosen.length) found.push([legend, chosen.map((text) => text.trim())]);
  }
  for (const field of form.querySelectorAll("textarea, input[type=text], input[type=date], input:not([type]), select")) {
    if (!field.value.trim() || field.hidden) continue;
    const text = field.tagName === "SELECT" ? field.selectedOptions[0]?.textContent : field.value;
    found.push([field.labels?.[0]?.textContent ?? "", [text], true]);
  }
  return found;
}

/** A piece of the page for each question that has an answer; none when nothing is written. */
export const shownBack = (form) =>
  inWords(form).map(([question, answers, own]) =>
    el("div", { className: "stabel tett" }, el("p", { className: "merknad-fra" }, question), ...answers.map((text) => (own ? ownWords(text) : el("p", {}, text)))),
  );
