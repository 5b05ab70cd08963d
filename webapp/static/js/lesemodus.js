// Reading mode: turns it on and off without leaving the page, and shows the questions of a theme one at a time. Large type is
// css/lesemodus.css, and is there without script too (webapp/platform/lesemodus.py). Every question stays in its form: what is not
// shown is sent and saved as always.

import { button as made, el, fill, hide } from "./biter.js";

const COOKIE = "medvirk-lesemodus";
const PLACE = "medvirk.sporsmal"; // where one was when the form was sent, until the page is back
const root = document.documentElement;

let steps = null;

export const isOn = () => "lesemodus" in root.dataset;

/** On or off, from now on in this browser. The cookie says that and nothing else. */
export function set(on) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${COOKIE}=1; path=/; max-age=${on ? 365 * 86_400 : 0}; samesite=lax${secure}`;
  const { lesemodusStil } = document.querySelector("[data-les]").dataset;
  const style = document.querySelector(`link[href="${CSS.escape(lesemodusStil)}"]`);
  if (on && !style) document.head.append(el("link", { rel: "stylesheet", href: lesemodusStil }));
  if (!on) style?.remove();
  root.toggleAttribute("data-lesemodus", on);
  update();
}

function update() {
  steps?.stop();
  steps = null;
  const form = document.getElementById("hovedskjema");
  if (isOn() && form?.dataset.plass) steps = oneByOne(form);
}

function keptPlace() {
  try {
    const [path, id] = JSON.parse(sessionStorage.getItem(PLACE)) ?? [];
    sessionStorage.removeItem(PLACE);
    return path === location.pathname ? id : null;
  } catch {
    return null;
  }
}

function oneByOne(form) {
  const questions = [...form.querySelectorAll(":scope > [data-sporsmal]")];
  if (questions.length < 2) return null;
  const rows = [...form.querySelectorAll(":scope > .knapperad")];
  const { plass, nesteSporsmal, forrigeSporsmal } = form.dataset;
  const life = new AbortController();
  const { signal } = life;
  const place = el("p", { className: "plass", tabIndex: -1, "data-fra-skript": true });
  const back = made(forrigeSporsmal, () => go(at - 1), "secondary");
  const on = made(nesteSporsmal, () => go(at + 1));
  const ways = el("div", { className: "knapperad", "data-fra-skript": true }, on, back);
  questions[0].before(place);
  questions.at(-1).after(ways);

  const wrong = (question) => question.querySelector(".feil, .har-feil") !== null || question.matches(".har-feil");
  const questionOf = (element) => questions.find((one) => one.contains(element));
  const named = (id) => (id ? questionOf(document.getElementById(id)) : undefined);
  const fromAddress = () => named(decodeURIComponent(location.hash.slice(1)));
  let at = Math.max(0, questions.indexOf(fromAddress() ?? named(keptPlace()) ?? questions.find(wrong)));

  /** One question; and one with something wrong in it is never hidden. */
  function show() {
    questions.forEach((question, number) => {
      hide(question, number !== at && !wrong(question));
    });
    const last = at === questions.length - 1;
    place.textContent = fill(plass, { nr: at + 1, antall: questions.length });
    on.hidden = last;
    back.hidden = at === 0;
    // The page's own buttons come when everything has been seen; «vil ikke svare på temaet» at the beginning too.
    rows.forEach((row, number) => {
      hide(row, !last && (number === 0 || at > 0));
    });
  }

  function go(to) {
    if (to < 0 || to >= questions.length) return;
    at = to;
    show();
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
    questions[at].dispatchEvent(new Event("medvirk:sporsmal", { bubbles: true }));
  }

  /** A link to a question, from the list of what is wrong or from «endre»: show it before the browser goes there. */
  const follow = (question) => {
    if (!question) return;
    at = questions.indexOf(question);
    show();
  };
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.('a[href^="#"]');
    if (link) follow(named(decodeURIComponent(link.hash.slice(1))));
  }, { signal, capture: true });
  addEventListener("hashchange", () => follow(fromAddress()), { signal });
  form.addEventListener("submit", () => {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, questions[at].id || questions[at].querySelector("[id]").id]));
    } catch {
      // Blocked: the page begins with its first question.
    }
  }, { signal, capture: true });
  // What the server says while one writes may be about a question that has been left.
  const watch = new MutationObserver(show);
  for (const question of questions) watch.observe(question, { childList: true, subtree: true });

  show();
  const asked = fromAddress();
  if (asked) document.getElementById(decodeURIComponent(location.hash.slice(1))).scrollIntoView();

  return {
    stop() {
      life.abort();
      watch.disconnect();
      place.remove();
      ways.remove();
      for (const part of [...questions, ...rows]) hide(part, false);
    },
  };
}

document.addEventListener("medvirk:ny-side", update);
update();
