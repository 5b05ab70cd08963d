// The list of what lies on the device and is not sent: on the front page, on «Denne telefonen», and on the page that is
// shown without network. With «Send nå», what was stopped and why, and every word of it.

import { button, el, fill, ownWords } from "./biter.js";
import { sayWaiting } from "./merker.js";

const NOT_WORDS = new Set(["nokkel", "versjon", "versjon_id", "handling", "merke", "vedlegg"]);

/** The person's own words in what waits: long texts only; choices are codes, and mean nothing to anybody. */
function wordsOf(item) {
  const pairs = Array.isArray(item.felter) ? item.felter : Object.entries(item.felter ?? {}).flatMap(([name, all]) => all.map((one) => [name, one]));
  return pairs.filter(([name, value]) => !NOT_WORDS.has(name) && /\s|\p{Lu}/u.test(value)).map(([, value]) => value);
}

/** Fills the page's places for the list. `answers`: [{tittel, ord, meldinger, fjern}], theme answers that wait. */
export function createWaitingList({ owner, ord, outbox, answers, send }) {
  const said = el("p", { role: "status", "data-ko-status": true });
  let drawn = ""; // tried again by itself with the same outcome, it stays as it is: opened words open, and focus where it is

  function row(item) {
    const tittel = (item.tittel ?? "").replace(/ – Medvirk$/, "");
    const line = el("li", { className: "stabel tett" }, el("strong", {}, item.slag === "utkast" ? fill(ord.utkast_i, { tittel }) : tittel));
    if (item.tilstand === "stoppet") {
      line.append(el("p", {}, ord.stoppet), ...(item.meldinger ?? []).map((text) => el("p", { className: "feil" }, text)));
    }
    line.append(details(wordsOf(item)) ?? "");
    line.append(...(item.filer ?? []).map(({ navn }) => el("p", { className: "dempet" }, fill(ord.fil, { navn }))));
    const stuck = outbox.isStuck(item);
    if (stuck) line.append(el("p", {}, ord.senere));
    if (item.tilstand !== "stoppet" && !stuck) return line;
    const away = button(ord.ta_bort, async () => {
      await outbox.drop(item.navn, item);
      await show();
    }, "tertiary");
    const see = item.apne ? el("a", { className: "ds-button", href: item.apne }, ord.se_pa) : null;
    if (see) see.dataset.variant = "secondary";
    // A draft that was stopped has no page that shows it: this is its only way on.
    const again = stuck || item.slag === "utkast"
      ? button(ord.send_na, async () => {
          tell(await outbox.sendNow(item.navn));
          await show();
        }, "secondary")
      : null;
    line.append(el("div", { className: "knapperad" }, see, again, away));
    return line;
  }

  const details = (words) =>
    words.length ? el("details", { className: "mer" }, el("summary", {}, ord.det_du_skrev), ...words.map(ownWords)) : null;

  /** Answers of a theme. When the server does not know the question any more, the words are still here to be copied. */
  function answerRow({ tittel, ord: words, meldinger, fjern }) {
    const line = el("li", { className: "stabel tett" }, el("strong", {}, fill(ord.svar_pa, { tittel })), details(words) ?? "");
    if (!meldinger) return line;
    const away = async () => {
      await fjern();
      await show();
    };
    line.append(el("p", {}, ord.stoppet), ...meldinger.map((text) => el("p", { className: "feil" }, text)));
    line.append(el("div", { className: "knapperad" }, button(ord.ta_bort, away, "tertiary")));
    return line;
  }

  function place() {
    const given = document.querySelector("[data-ventende]");
    if (given || location.pathname !== "/") return given;
    const made = el("div", { "data-ventende": true, "data-fra-skript": true });
    document.querySelector("main h1")?.after(made);
    return made.isConnected ? made : null;
  }

  /** Resolves to how many wait. */
  async function show() {
    const [{ alle, rader }, theirs] = await Promise.all([outbox.list(), answers()]);
    const number = alle + theirs.length;
    sayWaiting(owner, number > 0);
    const box = place();
    if (!box) return number;
    if (!number) {
      drawn = "";
      box.replaceChildren(...(said.textContent ? [said] : []));
      return 0;
    }
    const now = JSON.stringify([rader.map((item) => [item, outbox.isStuck(item)]), theirs, alle]);
    if (now === drawn && box.contains(said)) return number;
    drawn = now;
    const lines = [...rader.map(row), ...theirs.map(answerRow)];
    const more = alle - rader.length;
    if (more > 0) lines.push(el("li", {}, `+ ${more}`));
    box.replaceChildren(
      el(
        "section",
        { className: "beskjed stabel", "data-type": "obs", "aria-labelledby": "venter-tittel" },
        el("h2", { id: "venter-tittel" }, ord.venter),
        el("ul", { className: "punkter stabel" }, ...lines),
        el("div", { className: "knapperad" }, button(ord.send_na, send)),
        said,
      ),
    );
    return number;
  }

  /** What happens to the queue, in words. */
  function tell(event) {
    const words = {
      sender: () => fill(ord.sender, event),
      utlogget: () => ord.logg_inn_for,
      senere: () => ord.senere,
      frakoblet: () => ord.ikke_kontakt,
      ferdig: () => (event.antall ? ord.sendt : ""),
    }[event.slag];
    if (!words) return;
    said.textContent = words();
    if (event.slag === "utlogget") said.append(" ", el("a", { href: event.loggInn }, ord.logg_inn));
  }

  return { show, tell };
}
