// The words of the scripts in one language (webapp/enhet/ord.py). On an own phone they lie there for the day without network; they
// are nobody's secret.

const STORE = "nokler";
const PATIENCE = 3_000; // ms on a line that says nothing

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * db: where they are kept, or null. Those that were kept for another version of this script may lack some of its words: then the
 * server's come first, and where it cannot be reached they are filled in when it can.
 */
export async function words(lang, db, { version = import.meta.url, get = fetch, patience = PATIENCE } = {}) {
  const name = `ord ${lang}`;
  const fetched = get(`/enhet/ord/${lang}`).then(async (response) => {
    if (!response.ok) throw new Error("no words");
    const found = await response.json();
    await db?.put(STORE, { ...found, version }, name)?.catch(() => {}); // a full phone has words all the same
    return found;
  });
  fetched.catch(() => {});
  const kept = await db?.get(STORE, name);
  if (!kept || kept.version === version) return kept ?? fetched;
  fetched.then((found) => Object.assign(kept, found), () => {});
  return Promise.race([fetched, wait(patience).then(() => kept)]).catch(() => kept);
}
