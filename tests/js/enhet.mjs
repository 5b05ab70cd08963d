// A device in memory, as lager.js shows it to one person: `rows` may be shared by several; `room`: how many rows it takes.

/** Each writing gives a row another mark, as in lager.js. */
export function device({ owner = "a", rows = new Map(), room = Infinity, fits = () => true, bytes = 1 } = {}) {
  const marks = new Map();
  let writings = 0;
  const at = (store, name) => `${owner} ${store} ${name}`;
  const markOf = (key) => (rows.has(key) ? (marks.get(key) ?? "as it lay") : null);
  function write(store, name, value) {
    const key = at(store, name);
    if (!rows.has(key) && (rows.size >= room || !fits(rows, store, name))) throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
    rows.set(key, value);
    marks.set(key, (writings += 1));
    return bytes;
  }
  const get = async (store, name) => structuredClone(rows.get(at(store, name)));
  return {
    owner,
    rows,
    put: async (store, name, value) => write(store, name, structuredClone(value)),
    putBytes: async (store, name, value) => write(store, name, value),
    get,
    marked: async (store, name) => ({ value: await get(store, name), mark: markOf(at(store, name)) }),
    async replace(store, name, value, mark) {
      if (markOf(at(store, name)) !== mark) return null;
      write(store, name, structuredClone(value));
      return markOf(at(store, name));
    },
    async takeAway(store, name, mark) {
      const same = markOf(at(store, name)) === mark;
      if (same) rows.delete(at(store, name));
      return same;
    },
    getBytes: async (store, name) => rows.get(at(store, name)),
    names: async (store) => [...rows.keys()].filter((key) => key.startsWith(at(store, ""))).map((key) => key.slice(at(store, "").length)).sort(),
    remove: async (store, name) => void rows.delete(at(store, name)),
  };
}
