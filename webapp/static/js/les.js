// «Les høyt»: reads the page aloud, sentence by sentence, with the voices of the device. Fetched when the button is pressed; nothing
// of the page leaves it, and nothing is said once somebody leaves (decision 17).

import { createBar } from "./leslinje.js";
import { mark, unmark } from "./lesmerke.js";
import { gather, isNorwegian, voiceFor } from "./lesing.js";

const PATIENCE = 1_500; // ms: voices come late on most phones
const SKIPPED = 'nav, button, svg, script, style, template, noscript, datalist, .teller, .statuslinje, [data-teller-lyd], [aria-hidden="true"], [hidden], dialog:not([open])';

const synth = globalThis.speechSynthesis;
const main = () => document.querySelector("main");
const lang = () => document.documentElement.lang;
const voices = () => synth.getVoices();

let reader = null;

/** What the page is like, for lesing.js. `chosen`: the word for a choice that is made. */
function lookWith(chosen) {
  const picks = (field) => field.type === "radio" || field.type === "checkbox";
  const written = ["textarea", "select", "input"];
  return {
    skip(element) {
      if (element.matches(SKIPPED)) return true;
      const parent = element.parentElement;
      if (parent?.localName === "details" && !parent.open && element !== parent.querySelector("summary")) return true;
      // «Vil ikke svare» stands under every question: heard once it is chosen.
      if (element.matches("label.vil-ikke") && !element.querySelector(":checked")) return true;
      const { display, visibility } = getComputedStyle(element);
      return display === "none" || visibility === "hidden";
    },
    // A number that may not be broken is a block of its own in the layout, and part of the sentence.
    block: (element) =>
      element.localName === "br" ||
      (!element.matches(".nowrap") && !["inline", "contents", "ruby"].includes(getComputedStyle(element).display)),
    lines: (element) => getComputedStyle(element).whiteSpace.startsWith("pre"),
    value(field) {
      if (!written.includes(field.localName) || picks(field)) return undefined;
      if (["hidden", "password", "file", "submit", "button"].includes(field.type)) return "";
      if (field.localName === "select") return field.selectedOptions[0]?.text ?? "";
      if (field.type !== "date" || !field.value) return field.value;
      return new Intl.DateTimeFormat(lang(), { dateStyle: "long", calendar: "gregory", timeZone: "UTC" }).format(field.valueAsDate);
    },
    before: (field) => (field.localName === "input" && picks(field) && field.checked ? chosen : ""),
  };
}

function createReader(button) {
  const look = lookWith(button.dataset.valgt);
  let pieces = [];
  let at = 0;
  let turn = 0;
  let playing = false;
  let norwegian = false;
  let spoken = null; // kept: some browsers forget one that nobody holds, and never say that it has ended
  let awake = null;
  let late = null;

  const bar = createBar(button, (what) => actions[what]?.());

  function collect() {
    const kept = pieces[at];
    const all = gather(main(), lang(), look);
    pieces = all.filter((piece) => voiceFor(piece.lang, voices()) && (!norwegian || isNorwegian(piece.lang)));
    const same = pieces.findIndex(({ element, text }) => element === kept?.element && text === kept.text);
    at = Math.max(0, same < 0 ? pieces.findIndex(({ element }) => element === kept?.element) : same);
  }

  const silence = () => {
    turn += 1;
    synth.cancel();
  };

  function say() {
    silence();
    const mine = turn;
    const { text, lang: tongue } = pieces[at];
    const voice = voiceFor(tongue, voices());
    if (!voice) {
      pause(); // gone since: never with the browser's own choice, which may work elsewhere
      return;
    }
    spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = bar.speed();
    spoken.onend = () => mine === turn && step(1);
    // Refused until somebody presses once more, or taken by something else: wait, where one was.
    spoken.onerror = () => mine === turn && pause();
    mark(pieces[at], bar.room());
    synth.speak(spoken);
  }

  function play() {
    collect();
    if (!pieces.length) return;
    playing = true;
    bar.playing(true);
    keepAwake();
    say();
  }

  function pause() {
    playing = false;
    silence();
    bar.playing(false);
    awake?.release?.();
    awake = null;
  }

  function step(by) {
    if (at + by >= pieces.length) {
      pause();
      at = 0;
      unmark();
      return;
    }
    at = Math.max(0, at + by);
    if (playing) say();
    else if (pieces[at]) mark(pieces[at], bar.room());
  }

  /** The screen of a phone would go dark in the middle of a page. */
  async function keepAwake() {
    const lock = await navigator.wakeLock?.request("screen").catch(() => null);
    if (playing && !awake) awake = lock;
    else lock?.release();
  }

  /** Reads, or says that no voice can, and what one can do instead. */
  function begin() {
    if (voiceFor(lang(), voices())) {
      bar.voiceless(false);
      play();
      return;
    }
    const original = main().querySelector("details.original, .norsk");
    const instead = original ? "norsk" : "bytt";
    const possible = voiceFor("nb", voices()) && !isNorwegian(lang()) && (original || switchButton());
    bar.voiceless(true, possible ? instead : "");
  }

  const switchButton = () => document.querySelector('button[name="bytt_sprak"][value="nb"]');

  function waitForVoices() {
    if (voices().length) begin();
    else late = setTimeout(begin, PATIENCE);
  }
  const came = () => {
    if (playing || pieces.length || !voices().length) return;
    clearTimeout(late);
    begin();
  };

  const actions = {
    spill: () => (playing ? pause() : play()),
    stopp: () => toggle(button),
    forrige: () => step(-1),
    neste: () => at + 1 < pieces.length && step(1),
    fart: () => playing && say(),
    norsk() {
      norwegian = true;
      for (const one of main().querySelectorAll("details.original")) one.open = true;
      bar.voiceless(false);
      play();
    },
    // The page's own button: what is typed goes along.
    bytt: () => switchButton()?.click(),
    async lesemodus() {
      const { set, isOn } = await import(button.dataset.lesemodus);
      set(!isOn());
      bar.readingMode(isOn());
      if (playing) play(); // on what is shown now
    },
  };

  const life = new AbortController();
  const { signal } = life;
  const stop = () => reader && toggle(button);
  addEventListener("pagehide", stop, { signal });
  // Leaving in a hurry, signing out, signed out for being away; another page in place of this one; a form on its way.
  for (const what of ["medvirk:forlat", "medvirk:viker", "submit"]) document.addEventListener(what, stop, { signal, capture: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && pause(), { signal });
  // Another question of the reading mode: read on there.
  document.addEventListener("medvirk:sporsmal", ({ target }) => {
    const was = playing;
    pause();
    collect();
    at = Math.max(0, pieces.findIndex(({ element }) => target.contains(element)));
    if (was) play();
  }, { signal });
  synth.addEventListener?.("voiceschanged", came, { signal });

  bar.readingMode("lesemodus" in document.documentElement.dataset);
  bar.playing(false);
  waitForVoices();

  return {
    close() {
      life.abort();
      clearTimeout(late);
      pause();
      unmark();
      bar.remove();
    },
  };
}

/** The looks of the bar, once: a bar without them would lie over the page's header. */
function dressed(href) {
  if (document.querySelector(`link[href="${CSS.escape(href)}"]`)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((done) => {
    link.onload = link.onerror = done;
  });
}

/** Starts reading; pressed again, stops. */
export async function toggle(button) {
  const open = reader;
  reader = null;
  if (open) {
    open.close();
    return;
  }
  await dressed(button.dataset.stil);
  if (button.isConnected && !reader) reader = createReader(button);
}
