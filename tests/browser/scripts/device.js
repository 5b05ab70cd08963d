// Everything a page of ours can have put on the device, as one text: '{}' when there is nothing. Sealed: ¤forseglet, which no cached script has in it.
async () => {
  const out = {};
  const words = (value) => {
    if (value instanceof ArrayBuffer) return {'¤forseglet': new TextDecoder().decode(value)};
    if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, words(v)]));
    return value;
  };
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((ok, no) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => ok(asked.result);
      asked.onerror = () => no(asked.error);
    });
    out[name] = {};
    for (const store of db.objectStoreNames) {
      const from = db.transaction(store).objectStore(store);
      const all = (asked) => new Promise((ok) => { asked.onsuccess = () => ok(asked.result) });
      const [keys, values] = [await all(from.getAllKeys()), await all(from.getAll())];
      out[name][store] = keys.map((key, i) => [key, words(values[i])]);
    }
    db.close();
  }
  if (localStorage.length) out.local = {...localStorage};
  if (sessionStorage.length) out.session = {...sessionStorage};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    out[`cache ${name}`] = [];
    for (const request of await cache.keys()) out[`cache ${name}`].push(await (await cache.match(request)).text());
  }
  return JSON.stringify(out);
}
