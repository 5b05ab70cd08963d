// What this device says in the clear, and only to our own scripts: whose unsent text lies here (digests, see lager.js), whose
// phone it is, and who has borrowed it.

const WAITING = "medvirk.venter";

function owners() {
  try {
    return (localStorage.getItem(WAITING) ?? "").split(" ").filter(Boolean);
  } catch {
    return []; // blocked storage holds nothing
  }
}

/** Whether something of this person's waits here. */
export const waitsFor = (owner) => owners().includes(owner);

/** One person's word changes nothing of what is said of another's. */
export function sayWaiting(owner, waits) {
  const all = owners().filter((one) => one !== owner);
  if (waits) all.push(owner);
  try {
    if (all.length) localStorage.setItem(WAITING, all.join(" "));
    else localStorage.removeItem(WAITING);
  } catch {
    // Blocked: the list is shown where the script runs anyhow.
  }
}

/** «Dette er min egen telefon»: whose it is, said on this device only. null: nobody has said so; «nei»: asked, and no. */
const FLAG = "medvirk.min";
export function ownPhone() {
  try {
    return localStorage.getItem(FLAG);
  } catch {
    return null;
  }
}
export function sayOwnPhone(owner) {
  try {
    if (owner) localStorage.setItem(FLAG, owner);
    else localStorage.removeItem(FLAG);
    return true;
  } catch {
    return false;
  }
}

/**
 * Who is signed in, until when (ms) if the server hears nothing more of them; null: nobody. It is kept of somebody who borrows an own phone,
 * and of nobody else: while they are in, the phone shows nothing of its owner's.
 */
const BORROWER = "medvirk.laner";
export function sayWhoIsIn(owner, until) {
  const own = ownPhone();
  try {
    if (owner && own && own !== "nei" && own !== owner) localStorage.setItem(BORROWER, `${owner} ${until}`);
    else localStorage.removeItem(BORROWER);
  } catch {
    // Blocked: then it is nobody's own.
  }
}

/** Whether another one than `owner` is signed in here. */
export function isAnotherIn(owner, now = Date.now()) {
  try {
    const [who, until] = (localStorage.getItem(BORROWER) ?? "").split(" ");
    return who !== "" && who !== owner && now < Number(until);
  } catch {
    return false;
  }
}
