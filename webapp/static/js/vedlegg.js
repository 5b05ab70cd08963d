// Attachments: each file is sent by itself as soon as it is chosen, so that a slow phone can try one again, and the text
// of the form is never touched. Large photos are made smaller on the phone first, when the browser can.

import { renewCsrf } from "./csrf.js";
import { sendOnce } from "./opplasting.js";

const SIDE = 2400; // as the server does it
const QUALITY = 0.75; // letters in a photo of a paper are still sharp
const LARGE = 400_000; // bytes: four seconds on slow 4G. Smaller photos are sent as they are
const MOST = 10 * 1024 * 1024;
const TRIES = 3;
const PAUSE = 2_000; // ms, doubled each time

const words = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

/** An id for a file, so that it is there once however often it is sent. */
export function newKey(random = crypto) {
  return [...random.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The photo, smaller; the file itself when it is small, no photo, or cannot be read here (HEIC on most phones). */
export async function smaller(file, { bitmap = globalThis.createImageBitmap, canvasOf = newCanvas } = {}) {
  if (!file.type.startsWith("image/") || file.size < LARGE || !bitmap) return file;
  try {
    const image = await bitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = canvasOf(Math.round(image.width * scale), Math.round(image.height * scale));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "white"; // what is seen through would come out black
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close?.();
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made && made.size < file.size ? made : file;
  } catch {
    return file; // the server decides whether it can be read
  }
}

function newCanvas(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

/** Sends a file, again when the line breaks, once more with a fresh form key. Resolves with {added} or {failed}. */
export async function send(url, skjema, file, name, onProgress, { once = sendOnce, pause = wait, nokkel = newKey() } = {}) {
  const fields = { skjema, nokkel };
  let renewed = false;
  for (let tried = 0; tried < TRIES; tried++) {
    const { status, answer, url: ended } = await once(url, fields, file, name, onProgress);
    if (status === 200 && answer?.id) return { added: answer };
    if (status === 400 && answer?.csrf && !renewed) {
      renewed = true;
      renewCsrf(answer.csrf);
      tried -= 1;
    } else if (answer?.melding) return { failed: "melding", text: answer.melding };
    else if (status === 413) return { failed: "forStor" };
    else if (status === 401 || (status === 200 && /\/inn(\?|$)/.test(ended))) return { failed: "utlogget" };
    else if (status !== 0 && status < 500) return { failed: "feilet" };
    else if (tried + 1 < TRIES) await pause(PAUSE * 2 ** tried);
    else return { failed: status === 0 ? "ikkeNett" : "feilet" };
  }
  return { failed: "feilet" };
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Once for each field: frakoblet.js has this file too, for pages that lay on the device. */
export function enhance(field) {
  if ("klar" in field.dataset) return;
  field.dataset.klar = "";
  const text = field.dataset;
  const list = field.querySelector("[data-filer]");
  const error = field.querySelector("[data-feil]");
  const status = field.querySelector("[data-status]");
  const input = field.querySelector('input[type="file"]');
  let room = Number(text.plass);
  let going = 0;
  const left = new Set(); // lines of files that did not get there, and can be tried again
  let told = false;
  field.querySelector("[data-uten-skript]").hidden = true;
  field.querySelector("[data-med-skript]").hidden = false;

  function added(answer) {
    if (list.querySelector(`input[value="${CSS.escape(answer.id)}"]`)) return; // it had arrived before, from another page
    const label = Object.assign(document.createElement("label"), { className: "valg" });
    const box = Object.assign(document.createElement("input"), {
      type: "checkbox",
      name: "vedlegg",
      value: answer.id,
      checked: true,
      className: "ds-input",
    });
    const span = document.createElement("span");
    const take = Object.assign(document.createElement("span"), { className: "ds-sr-only", textContent: `${text.taMed} ` });
    span.append(take, Object.assign(document.createElement("bdi"), { textContent: answer.navn }));
    label.append(box, span);
    list.append(label);
    status.textContent = words(text.ferdig, { navn: answer.navn });
  }

  /** Without network the file waits on the device with its form, when something there can keep it (skjemako.js). */
  function waits(ready, name, line, nokkel) {
    const fil = new File([ready], name, { type: ready.type });
    const igjen = () => take(fil, line, nokkel);
    const bort = () => {
      line.remove();
      room += 1;
    };
    const detail = { form: field.form, skjema: text.skjema, til: text.url, fil, nokkel, line, igjen, bort };
    return !document.dispatchEvent(new CustomEvent("medvirk:fil", { cancelable: true, detail }));
  }

  /** `nokkel`: it is the same file, however often it is sent, and from wherever it lay. */
  async function take(file, line = document.createElement("p"), nokkel = newKey()) {
    line.replaceChildren();
    line.removeAttribute("role");
    if (left.delete(line)) error.textContent = "";
    if (!line.isConnected) list.append(line);
    going += 1;
    const show = (antall) => {
      line.textContent = words(text.laster, { navn: file.name, antall: String(antall) });
    };
    show(0);
    const ready = await smaller(file);
    const fits = ready.size <= MOST;
    if (fits && waits(ready, file.name, line, nokkel)) {
      going -= 1;
      return;
    }
    const outcome = fits ? await send(text.url, text.skjema, ready, file.name, show, { nokkel }) : { failed: "forStor" };
    going -= 1;
    if (outcome.failed === "ikkeNett" && waits(ready, file.name, line, nokkel)) return;
    if (outcome.added || outcome.text || outcome.failed === "forStor") {
      document.dispatchEvent(new CustomEvent("medvirk:fil-ferdig", { detail: { nokkel } }));
    }
    if (outcome.added) {
      line.remove();
      added(outcome.added);
      return;
    }
    line.setAttribute("role", "alert");
    line.textContent = outcome.text ? `${file.name}: ${outcome.text}` : words(text[outcome.failed], { navn: file.name });
    if (outcome.failed === "ikkeNett" || outcome.failed === "feilet") {
      const again = Object.assign(document.createElement("button"), { type: "button", className: "lenkeknapp", textContent: text.igjen });
      again.addEventListener("click", () => take(file, line, nokkel));
      line.append(" ", again);
      left.add(line);
      told = false;
    } else room += 1;
  }

  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    error.textContent = files.length > room ? text.forMange : "";
    for (const file of files.slice(0, room)) {
      room -= 1;
      await take(file); // one at a time: a slow line is not shared
    }
  });

  // What was chosen for this form before, and has lain on the device since (skjemako.js).
  field.addEventListener("medvirk:ta-fil", ({ detail: { fil, nokkel } }) => {
    room -= 1;
    take(fil, undefined, nokkel);
  });

  const notYet = () => going > 0 || (!told && left.size > 0);
  if (field.form) field.form.medvirkVent = notYet; // for skjemako.js, which may hear of the press before this file does

  // A form that is sent while a file is on its way would go without it; one that did not get there is told of once.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== field.form || !notYet()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      told = !going;
      error.textContent = going ? text.vent : text.mangler;
      error.scrollIntoView({ block: "center" });
    },
    true,
  );
  addEventListener("beforeunload", (event) => {
    if (going) event.preventDefault();
  });
}

if (typeof document !== "undefined") for (const field of document.querySelectorAll("[data-vedlegg]")) enhance(field);
