// «Lukk raskt»: one press (or Escape three times) and the page is gone, from the screen at once and from the tab's history. What is typed
// goes along in requests that outlive the page; the session ends, so that «back» asks who it is. Decision 16 says why.

import { csrf } from "./csrf.js";
import { sayWhoIsIn } from "./merker.js";

const THREE_WITHIN = 1_500; // ms from the first Escape to the third
const PATIENCE = 150; // ms: what cannot be sent is sealed on the device first
const SEALING = 2_000; // ms: as long as a slow phone may take to seal a long text. The page is out of sight meanwhile

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
/** What `work` comes to; rejects when it takes longer. */
export const atMost = (most, work) => Promise.race([work, wait(most).then(() => Promise.reject(new Error("too late")))]);
let leaving = false;

/**
 * Asks everything on the page that holds typed text to put it away. Listeners of «medvirk:forlat» push promises; one that
 * resolves to false could not. What they seal on the device goes into `detail.forsegles` too: the network may be given up,
 * but a text that is half sealed is nowhere. Resolves to false when something is not safe (yet) after `most` ms.
 */
export async function putAway(most) {
  const work = Object.assign([], { forsegles: [] });
  document.dispatchEvent(new CustomEvent("medvirk:forlat", { detail: work }));
  if (!work.length) return true;
  const kept = await atMost(most, Promise.all(work)).then((all) => !all.includes(false), () => false);
  if (!kept) await atMost(SEALING, Promise.allSettled(work.forsegles)).catch(() => {});
  return kept;
}

/** From here on the browser does not ask whether one really wants to leave. */
export function leaveForGood() {
  leaving = true;
}
addEventListener("beforeunload", (event) => leaving && event.stopImmediatePropagation(), true);

// Whoever leaves in a hurry, or signs out, sees nothing of this page any longer: no fading between the two (S6).
addEventListener("pageswap", ({ viewTransition, activation }) => {
  viewTransition?.ready?.catch(() => {});
  const to = activation?.entry?.url;
  if (!to || /^\/(ut|lukk|inn)/.test(new URL(to).pathname)) viewTransition?.skipTransition();
});

/** A cookie that says that somebody has gone, and nothing else: the next page this browser asks for ends the session. */
export function leaveMark(name, gone = true) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  if (name) document.cookie = `${name}=1; path=/; max-age=${gone ? 86_400 : 0}; samesite=lax${secure}`;
}

const make = (name, rest) => Object.assign(document.createElement(name), rest);

/** A page with nothing but a heading. */
export function headed(text) {
  const page = make("main", { className: "innhold", tabIndex: -1 });
  page.append(make("h1", { textContent: text }));
  return page;
}

/** What stands in a <template>, as a page of its own that begins with its heading. */
export function pageOf(id) {
  const content = document.getElementById(id).content.cloneNode(true);
  const heading = content.querySelector("[data-overskrift]");
  heading.remove();
  const page = headed(heading.textContent);
  page.append(content);
  return page;
}

/** Nothing of what is open can be seen, and `page` stands instead. What was typed is still in its fields. Gives the way back. */
export function cover(page) {
  const before = document.activeElement;
  const seen = [...document.body.children].filter((part) => !part.hidden);
  const hide = (away) => {
    for (const part of seen) part.hidden = part.inert = away;
  };
  hide(true);
  document.body.append(page);
  page.focus();
  return () => {
    page.remove();
    hide(false);
    before?.focus?.();
  };
}

/** Other tabs of ours, in the same browser. */
export const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("medvirk") : null;

export function watchLukk(button = document.querySelector("[data-lukk]")) {
  if (!button) return;
  const { lukk, merke, hjelp } = button.dataset;

  async function leave({ first = true } = {}) {
    if (leaving) return;
    leaveForGood();
    document.documentElement.hidden = true;
    const kept = putAway(PATIENCE);
    if (first) {
      const body = new URLSearchParams({ csrf_token: csrf(), skript: "1" });
      fetch("/lukk", { method: "POST", body, keepalive: true }).catch(() => {});
      tabs?.postMessage("lukk");
      sayWhoIsIn(null);
    }
    leaveMark(merke);
    await kept;
    location.replace(lukk);
  }

  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  tabs?.addEventListener("message", ({ data }) => data === "lukk" && leave({ first: false }));

  // The keyboard of the phone lies over what is fixed at the bottom: stand above it.
  const seen = globalThis.visualViewport;
  let stands = 0;
  const above = () => {
    const covered = Math.round(Math.max(0, innerHeight - seen.height - seen.offsetTop));
    if (covered === stands) return; // as when a page is opened: nothing to style once more
    stands = covered;
    button.style.setProperty("--tastatur", `${covered}px`);
  };
  for (const what of seen ? ["resize", "scroll"] : []) seen.addEventListener(what, above);

  // Not a character key (WCAG 2.1.4), and held down it counts once. Said where a screen reader reads what the button is for.
  button.setAttribute("aria-describedby", hjelp);
  let pressed = [];
  addEventListener("keydown", ({ key, repeat, isComposing, ctrlKey, altKey, metaKey, shiftKey }) => {
    if (repeat || isComposing || key === "Shift" || key === "Control") return;
    if (key !== "Escape" || ctrlKey || altKey || metaKey || shiftKey) {
      pressed = [];
      return;
    }
    const now = Date.now();
    pressed = [...pressed, now].filter((time) => now - time < THREE_WITHIN);
    if (pressed.length >= 3) leave();
  }, true);
}
