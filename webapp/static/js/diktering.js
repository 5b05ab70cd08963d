// A microphone at long text fields, only where the browser has promised to understand speech on the device itself (decision 17): no
// sound leaves it. What is heard is put in at the cursor, and is saved like what is typed. Everywhere else the keyboard's own
// microphone does the same.

import { el } from "./biter.js";

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
// Browsers name a language with its country.
const COUNTRY = { nb: "NO", nn: "NO", se: "NO", en: "GB", uk: "UA", ar: "SA", so: "SO", ti: "ER", fa: "AF", pl: "PL" };

let listening = null; // { field, button, ear }

/** What the browser calls the page's language when it can hear it by itself, or null. */
async function heardAs(lang) {
  for (const name of new Set([lang, `${lang.split("-")[0]}-${COUNTRY[lang.split("-")[0]]}`])) {
    try {
      if ((await Recognition.available({ langs: [name], processLocally: true })) === "available") return name;
    } catch {
      return null; // not allowed here
    }
  }
  return null;
}

/** What is heard, where the cursor is, with room around it. The page saves it as if it had been typed. */
function putIn(field, words) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const space = from > 0 && !/\s$/.test(value.slice(0, from)) ? " " : "";
  field.setRangeText(space + words.trim(), from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}

function stop() {
  const was = listening;
  listening = null;
  was?.button.setAttribute("aria-pressed", "false");
  was?.ear.abort();
}

function listen(field, button, lang) {
  stop();
  const ear = new Recognition();
  ear.lang = lang;
  ear.processLocally = true;
  if (ear.processLocally !== true) return;
  ear.continuous = true;
  ear.interimResults = false;
  const mine = () => listening?.ear === ear;
  ear.onresult = ({ results, resultIndex }) => {
    if (!mine()) return;
    for (const result of [...results].slice(resultIndex)) if (result.isFinal) putIn(field, result[0].transcript);
  };
  ear.onend = ear.onerror = () => mine() && stop();
  listening = { field, button, ear };
  button.setAttribute("aria-pressed", "true");
  ear.start();
}

const drawn = () => {
  const template = document.createElement("template");
  template.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v3.5"/></svg>';
  return template.content;
};

/** Puts the button at every long field that has none. */
export async function offer() {
  const words = document.querySelector("[data-les]")?.dataset.snakk;
  const lang = await heardAs(document.documentElement.lang);
  if (!lang || !words) return;
  for (const field of document.querySelectorAll("main textarea:not([readonly], [disabled])")) {
    if (field.nextElementSibling?.matches(".snakk")) continue;
    const button = el("button", { type: "button", className: "snakk", "aria-pressed": "false", "data-fra-skript": true }, drawn(), words);
    button.addEventListener("click", () => (listening?.field === field ? stop() : listen(field, button, lang)));
    field.after(button);
  }
}

addEventListener("pagehide", stop);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && stop());
for (const what of ["medvirk:forlat", "medvirk:viker", "submit"]) document.addEventListener(what, stop, { capture: true });
