// Which page a draft was written on: an id of its own each time a form is opened, in a field that goes along with everything that is sent of
// it. So what one page keeps never takes the place of what another has kept there (platform/draft_parts.py).

export const SIDE = "utkastside";

/** Which page it is, of what stands in the field: what was fetched into it follows after a dot. Empty where no page has said. */
export const idOf = (value) => (value ?? "").split(".")[0];

const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Says of each text of a page which turn it is, and from which opening of it. They go by several ways (the page, a queue in any tab, what
 * outlives the page) and may arrive in any order: the server keeps the latest.
 */
export function turns(opening = newId()) {
  let nr = 0;
  return (felter) => ({ ...felter, utkastnr: [`${opening}.${(nr += 1)}`] });
}

const turnOf = (felter) => felter?.utkastnr?.[0]?.split(".") ?? [];

/** Whether `felter` was written before what stands in `others`, in one opening of a page. */
export function overtaken(felter, others) {
  const [[opening, nr], [same, later]] = [turnOf(felter), turnOf(others)];
  return opening !== undefined && opening === same && Number(nr) < Number(later);
}

const lockOf = (id) => `medvirk-side ${id}`;

/**
 * The page of `form` writes under `id` from here on, and no other: the tabs of a browser know it by a lock, which goes when the page does,
 * or lets go (form.medvirkSlipp). Resolves to whether it has it. how: {ifAvailable: true}, or it waits for the page before, which is on
 * its way out. In a browser without such locks it has it: most have one tab open, and what they typed is to stand in its form again.
 */
export function hold(form, id, how = {}) {
  return new Promise((answer) => {
    const over = globalThis.navigator?.locks?.request(lockOf(id), how, (lock) => {
      answer(Boolean(lock));
      // On the form: the files that ask for it are built one by one, and share nothing else (frontend/bygg.mjs).
      return lock && new Promise((done) => (form.medvirkSlipp = () => (done(), over)));
    });
    if (over) over.catch(() => answer(false));
    else answer(true);
  });
}

/** Whether a page that is open writes under `id`. */
export async function isHeld(id) {
  const { held = [] } = (await globalThis.navigator?.locks?.query()) ?? {};
  return held.some(({ name }) => name === lockOf(id));
}

/** The field, unless the server has put it there: it knows what was fetched into the page. `id`: what is written on goes on as that. */
export function namePage(form, id = newId()) {
  const there = form.elements.namedItem(SIDE);
  if (!there) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: SIDE, value: id }));
  if (!form.medvirkSlipp) hold(form, idOf(there?.value ?? id));
}
