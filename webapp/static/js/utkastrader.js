// Drafts on this device, each page's in a row of its own: two tabs with one form, or a page that is opened anew before the text of
// the one before has been sent, never write over each other's. The server keeps them apart too (platform/draft_parts.py).

import { idOf, overtaken, SIDE } from "./utkastside.js";

export const STORE = "sendinger";
export const FILES = "filer";

/** Where the form of a draft lies, by the name of its row: «u ADDRESS PAGE», or «u ADDRESS» from before each page had its own. */
export const addressOf = (name) => name.split(" ")[1];

const pageIn = (felter) => idOf(felter?.[SIDE]?.[0]);
/** The page that a row is of. */
const pageOf = ({ navn, felter }) => navn.split(" ")[2] ?? pageIn(felter);

/** store: from openStore(). sealFile(name, file): seals a file for the row of that name. changed(): there is more or less than before. */
export function createDrafts({ store, sealFile, changed }) {
  const isAt = (sti) => (name) => name === `u ${sti}` || name.startsWith(`u ${sti} `);

  /** Every draft of the form at `sti`: [{navn, felter, filer, …}], the one that was written last first. */
  async function all(sti) {
    const found = [];
    for (const navn of (await store.names(STORE)).filter(isAt(sti))) {
      const item = await store.get(STORE, navn);
      if (item) found.push({ ...item, navn });
    }
    return found.sort((a, b) => (b.nr ?? 0) - (a.nr ?? 0));
  }

  /** The row of one page. What an older version kept for it stays where it lies. */
  async function nameOf(sti, page) {
    const before = `u ${sti}`;
    const lies = page ? await store.get(STORE, before) : null;
    return !page || (lies?.felter && pageIn(lies.felter) === page) ? before : `${before} ${page}`;
  }

  /** make(what lies there, or an empty draft) gives the draft anew; one with nothing in it is taken away. Resolves to its name. */
  async function change(name, make) {
    for (let done = false; !done; ) {
      const { value, mark } = await store.marked(STORE, name);
      const made = make({ felter: null, filer: [], tilstand: "venter", ...value });
      if (made.felter || made.filer.length) done = Boolean(await store.replace(STORE, name, made, mark));
      else done = mark === null || (await store.takeAway(STORE, name, mark));
    }
    changed();
    return name;
  }

  /**
   * The draft that was written last and is this page's from now on; the others wait for the network. take(id): resolves to whether it
   * may be, for another tab may be open that writes on it.
   */
  async function draftOf(sti, take) {
    for (const one of await all(sti)) {
      if (!one.felter || (pageOf(one) && !(await take(pageOf(one))))) continue;
      const latest = await store.get(STORE, one.navn); // the other one may have gone just now, with its last words here
      if (latest?.felter) return latest;
    }
    return null;
  }

  /** Keep the text of the form at `sti`, in place of what its page had there, unless that is newer; its files stay. */
  async function addDraft(sti, felter, tittel) {
    const nr = 1 + Math.max(0, ...(await all(sti)).map((one) => one.nr ?? 0));
    return change(await nameOf(sti, pageIn(felter)), (draft) => (overtaken(felter, draft.felter) ? draft : { ...draft, felter, tittel, nr, tilstand: "venter" }));
  }

  /** The server has the text of the page that `felter` is from; files that wait with it are still here. */
  const removeDraft = async (sti, felter) => change(await nameOf(sti, pageIn(felter)), (draft) => ({ ...draft, felter: null }));

  /** Keep a file for the form at `sti`, until it is sent with it or by itself. `side`: the page. Rejects when there is no room. */
  async function addFile(sti, file, tittel, side) {
    if ((await all(sti)).some(({ filer }) => filer.some(({ nokkel }) => nokkel === file.nokkel))) return;
    const name = await nameOf(sti, idOf(side));
    const sealed = await sealFile(name, file);
    await change(name, (draft) => ({ tittel, ...draft, filer: [...draft.filer, sealed] }));
  }

  /** It is not to be sent from here: it has arrived, was refused, or is not wanted. */
  async function removeFile(sti, nokkel) {
    for (const { navn, filer } of await all(sti)) {
      if (!filer.some((file) => file.nokkel === nokkel)) continue;
      await change(navn, (draft) => ({ ...draft, filer: draft.filer.filter((file) => file.nokkel !== nokkel) }));
      await store.remove(FILES, `${navn} ${nokkel}`);
    }
  }

  /** The files that wait with the drafts at `sti`, to be put in its form again. isTheirs(id): they stand in another page that is open. */
  async function filesOf(sti, isTheirs) {
    const found = [];
    for (const { navn: row, filer, ...draft } of await all(sti)) {
      if (await isTheirs(pageOf({ navn: row, ...draft }))) continue;
      for (const { skjema, navn, type, nokkel } of filer) {
        const content = await store.getBytes(FILES, `${row} ${nokkel}`);
        if (content) found.push({ skjema, nokkel, fil: new File([content], navn, { type }) });
      }
    }
    return found;
  }

  /** The form at `sti` is in the queue, with its fields in pairs and these files: its page's draft goes, what others wrote stays. */
  async function giveWay(sti, pairs, files, drop) {
    for (const { nokkel } of files) await removeFile(sti, nokkel);
    const name = await nameOf(sti, idOf(pairs.find(([field]) => field === SIDE)?.[1]));
    await drop(name, await store.get(STORE, name));
  }

  return { addDraft, draftOf, removeDraft, addFile, removeFile, filesOf, giveWay };
}
