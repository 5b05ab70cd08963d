// Forms that were sent without network: sealed on this device (lager.js) until the server has said that it has them.
// Each goes with the once key it was written with, so that trying again never makes two of it (platform/once.py), and
// the server's answer is one of few (enhet/svar.py): delivered, stopped and why, signed out, later.

import { jsonOf, renewCsrf } from "./csrf.js";
import { createRetry, retryAfter } from "./igjen.js";
import { postDraft, postFile, postForm } from "./sending.js";
import { addressOf, createDrafts, FILES, STORE } from "./utkastrader.js";

const LOCK = "medvirk-send";
const MANY = 5; // tries of one form: then it is shown as one that does not go, and holds nothing up
const IN_A_ROW = 5; // forms that fail one after another: the server is in trouble, and is left alone for a while
const KEPT_OUT = new Set(["csrf_token", "eier", "bytt_sprak"]); // whose it is, is said with all of them (sending.js)

/** A once key, as platform/once.py makes them. */
export const newKey = () => crypto.randomUUID().replaceAll("-", "");

/** The form's fields as [[name, value]], without keys and files. */
export const pairsOf = (form, submitter) =>
  [...new FormData(form), ...(submitter?.name ? [[submitter.name, submitter.value]] : [])].filter(
    ([name, value]) => typeof value === "string" && !KEPT_OUT.has(name),
  );

/**
 * store: from openStore(). tell(event): what happened, for the page: {slag: "endret" | "sender" | "levert" | "stoppet" |
 * "utlogget" | "senere" | "frakoblet" | "ferdig", …}. leave(address, draft): what an open page sends by itself.
 */
export function createOutbox({
  store,
  tell = () => {},
  post = postForm,
  draft = postDraft,
  upload = postFile,
  leave = () => false,
  locks = globalThis.navigator?.locks,
  timers = globalThis,
}) {
  let going = null;
  const retry = createRetry(send, timers);
  const drafts = createDrafts({ store, sealFile, changed: () => tell({ slag: "endret" }) });

  const isForm = (name) => name.startsWith("s ");

  /**
   * Keep a form until it is sent: {url, felter, tittel, sprak, vedlegg}. Rejects when the device has no room for it.
   * files: [{skjema, til, fil, nokkel}] (where the field lies, where files go, what makes it one file however often it is
   * sent). Resolves to its name. The draft that its page kept gives way to it.
   */
  async function add(form, files = []) {
    const last = (await store.names(STORE)).filter(isForm).at(-1);
    const nr = (last ? Number(last.split(" ")[1]) : 0) + 1;
    const name = `s ${String(nr).padStart(8, "0")} ${newKey()}`;
    const filer = [];
    try {
      for (const file of files) filer.push(await sealFile(name, file));
      await store.put(STORE, name, { ...form, filer, tilstand: "venter" });
    } catch (error) {
      await drop(name, { filer }).catch(() => {});
      throw error;
    }
    await drafts.giveWay(new URL(form.url, "http://x").pathname, form.felter, filer, drop);
    tell({ slag: "endret" });
    return name;
  }

  async function sealFile(name, { skjema, til, fil, nokkel = newKey() }) {
    await store.putBytes(FILES, `${name} ${nokkel}`, await fil.arrayBuffer());
    return { skjema, til, navn: fil.name, type: fil.type, nokkel };
  }

  /** What waits or was stopped, oldest first: [{navn, slag, url, tittel, …}], at most `most` opened. */
  async function list(most = 50) {
    const names = await store.names(STORE);
    const found = [];
    for (const navn of names.slice(0, most)) {
      const item = await store.get(STORE, navn);
      if (item) found.push({ navn, slag: isForm(navn) ? "skjema" : "utkast", url: item.url ?? addressOf(navn), ...item });
    }
    return { alle: names.length, rader: found };
  }

  async function drop(name, item) {
    await dropFiles(name, item);
    await store.remove(STORE, name);
  }
  async function dropFiles(name, item) {
    for (const { nokkel } of item?.filer ?? []) await store.remove(FILES, `${name} ${nokkel}`);
  }

  /** Send everything that waits, one at a time, in the order it was written. One tab does it; the others leave it to that one. */
  function send() {
    going ??= inTurn(drain).finally(() => {
      going = null;
    });
    return going;
  }

  /** One of them, now: when another tab is sending, after it. Resolves to what came of it, with the item. */
  function sendNow(name) {
    const work = async () => {
      const { value: item, mark } = await store.marked(STORE, name);
      if (!item) return { slag: "levert" }; // another tab was faster
      const outcome = await settle(name, item, mark, "side");
      if (outcome.slag === "senere" || outcome.slag === "frakoblet") retry.later(outcome.vent);
      return { ...outcome, item };
    };
    return locks ? locks.request(LOCK, work) : work();
  }

  function inTurn(work) {
    // Where there are no locks, two tabs may send the same: the once key makes it one.
    return locks ? locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : undefined)) : work();
  }

  /** What was written under the same name while this was on its way is newer than what the server answered, and stays. */
  async function settle(name, item, before, where) {
    const row = { name, item, mark: before };
    const outcome = await one(row, where);
    if (outcome.slag === "levert" && (await store.takeAway(STORE, name, row.mark))) await dropFiles(name, item);
    if (outcome.slag === "stoppet") await write(row, { tilstand: "stoppet", ...outcome });
    if (outcome.slag === "senere" && !outcome.alle) await write(row, { forsok: (item.forsok ?? 0) + 1 });
    tell({ ...outcome, navn: name, item });
    return outcome;
  }

  /** More about a row. One that was taken away or written anew meanwhile stays as it is. */
  async function write(row, more) {
    if (row.mark === null) return;
    row.item = Object.assign(row.item, more);
    row.mark = await store.replace(STORE, row.name, row.item, row.mark);
  }

  /**
   * One that the server cannot take now waits, with the later ones for the same address; the others go on. What has been
   * tried many times comes last.
   */
  async function drain() {
    retry.cancel();
    const names = await store.names(STORE);
    const held = new Set(); // addresses where an earlier one must come first
    const last = [];
    let [nr, sent, inARow, wait] = [0, 0, 0, null];
    for (const turn of [names, last]) {
      for (const name of turn) {
        const { value: item, mark } = await store.marked(STORE, name);
        const address = item?.url ?? name;
        if (item?.tilstand !== "venter" || held.has(address) || (!isForm(name) && leave(addressOf(name), item))) continue;
        if (turn !== last && item.forsok >= MANY) {
          last.push(name);
          continue;
        }
        nr += 1;
        if (names.length > 1) tell({ slag: "sender", nr, antall: names.length });
        const outcome = await settle(name, item, mark, "ko");
        if (outcome.slag === "utlogget") return;
        if (outcome.slag === "levert") sent += 1;
        inARow = outcome.slag === "senere" ? inARow + 1 : 0;
        if (outcome.slag === "senere") {
          held.add(address);
          wait = Math.max(wait ?? 0, outcome.vent);
        }
        if (outcome.slag === "frakoblet" || outcome.alle || inARow >= IN_A_ROW) {
          retry.later(outcome.vent);
          return;
        }
      }
    }
    if (wait !== null) {
      retry.later(wait);
      return;
    }
    retry.worked();
    tell({ slag: "ferdig", antall: sent });
  }

  async function one(row, where) {
    const { name, item } = row;
    try {
      const files = await sendFiles(row);
      if (files.slag) return files;
      if (!isForm(name) && !item.felter) return { slag: "levert", meldinger: [] }; // only files waited
      if (!isForm(name)) return read(await withFreshKey(() => draft(addressOf(name), item.felter, store.owner)), true);
      const pairs = [...item.felter, ...files.ider.map((id) => ["vedlegg", id])];
      return read(await withFreshKey(() => post(item.url, pairs, store.owner, where)));
    } catch {
      return { slag: "frakoblet" };
    }
  }

  /** Files first, each with a key of its own; what has arrived is not sent again. */
  async function sendFiles(row) {
    const { name, item } = row;
    const ider = [];
    for (const file of item.filer ?? []) {
      if (!file.id) {
        const content = await store.getBytes(FILES, `${name} ${file.nokkel}`);
        const fil = new Blob([content ?? new ArrayBuffer(0)], { type: file.type });
        const fields = { skjema: file.skjema, nokkel: file.nokkel, fil: [fil, file.navn] };
        const { status, answer, headers } = await withFreshKey(() => upload(file.til, fields));
        if (status === 200 && answer.id) file.id = answer.id;
        else if (answer.melding) return { slag: "stoppet", meldinger: [`${file.navn}: ${answer.melding}`] };
        else return read({ status, answer, headers });
        await write(row, {});
      }
      ider.push(file.id);
    }
    return { ider };
  }

  /** A form key that is too old is renewed once. */
  async function withFreshKey(request) {
    for (let tried = 0; ; tried += 1) {
      const response = await request();
      const answer = await jsonOf(response);
      if (response.status !== 400 || !answer.csrf || tried) return { status: response.status, answer, headers: response.headers };
      renewCsrf(answer.csrf);
    }
  }

  function read({ status, answer, headers }, isDraft = false) {
    if (status === 200 && (answer.svar === "levert" || (isDraft && answer.lagret !== undefined))) {
      return { slag: "levert", neste: answer.neste, meldinger: answer.meldinger ?? [] };
    }
    if (status === 401) return { slag: "utlogget", loggInn: answer.logg_inn ?? "/inn" };
    // A page of a proxy says 404 and 413 too, while the server is made anew: only our own word for it stops a draft (errors.py).
    if (answer.svar === "stoppet" || (isDraft && (status === 404 || status === 413) && answer.feil === `${status}`)) {
      const { apne, meldinger = [], felt = {} } = answer;
      return { slag: "stoppet", apne, meldinger: [...meldinger, ...Object.values(felt).flat()] };
    }
    // Anything else is no answer of ours: a server in trouble, a proxy's page. It stays, and goes later.
    // `alle`: what it says to this one, it would say to all of them.
    return { slag: "senere", alle: status === 429 || status === 503, vent: retryAfter(headers) };
  }

  /** Tried so often that its owner should see it. */
  const isStuck = (item) => item.tilstand === "venter" && item.forsok >= MANY;

  const { addDraft, draftOf, removeDraft, addFile, removeFile, filesOf } = drafts;
  return { isStuck, add, addDraft, draftOf, removeDraft, addFile, removeFile, filesOf, list, send, sendNow, drop };
}
