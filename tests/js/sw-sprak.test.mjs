// Which language the offline page is in: the last page's, the phone's, or bokmål. And whose addresses the worker leaves alone.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const pages = { nb: "/frakoblet/nb", en: "/frakoblet/en", ar: "/frakoblet/ar" };
let kept, writes, fresh = 0;

beforeEach(() => {
  kept = new Map();
  writes = 0;
  globalThis.caches = {
    async match(key, { cacheName }) {
      assert.equal(cacheName, "medvirk-sprak");
      return kept.get(key)?.clone(); // another answer each time, as a cache gives
    },
    async open() {
      return { put: async (key, answer) => { writes += 1; kept.set(key, answer.clone()); } };
    },
  };
});

const phone = (...languages) => Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
/** The worker as it is after the browser has stopped and started it: it remembers nothing by itself. */
const woken = () => import(`../../webapp/static/js/sw-sprak.js?${(fresh += 1)}`);

test("the language of the last page wins, also after the worker has slept", async () => {
  phone("nb-NO");
  await (await woken()).rememberLanguage("ar");
  assert.equal(await (await woken()).offlineLanguage(pages), "ar");
});

test("without one the phone's languages are tried in order", async () => {
  for (const [languages, expected] of [[["so-SO", "en-GB"], "en"], [["nn-NO"], "nb"], [["no"], "nb"], [["AR"], "ar"], [[], "nb"], [["ti"], "nb"]]) {
    phone(...languages);
    assert.equal(await (await woken()).offlineLanguage(pages), expected);
  }
});

test("it is written once, and when it changes", async () => {
  const { rememberLanguage } = await woken();
  for (const sprak of ["nb", "nb", "ar", "ar", "nb"]) await rememberLanguage(sprak);
  assert.equal(writes, 3);
});

test("it is written again where the phone was emptied while the worker was awake", async () => {
  phone("nb-NO");
  const { offlineLanguage, rememberLanguage } = await woken();
  await rememberLanguage("ar");
  kept.clear();
  await rememberLanguage("ar");
  assert.equal(await offlineLanguage(pages), "ar");
  assert.equal(writes, 2);
});

test("blocked storage means the phone's language, not an error", async () => {
  phone("ar-SY");
  globalThis.caches.match = async () => { throw new DOMException("blocked", "SecurityError"); };
  assert.equal(await (await woken()).offlineLanguage(pages), "ar");
});

test("the office's addresses are the office's, and no others", async () => {
  const { isOffice } = await woken();
  for (const path of ["/veileder", "/veileder/", "/veileder/bruker/x"]) assert.match(path, isOffice);
  for (const path of ["/", "/veiledning/", "/veilederen", "/mer/veileder/"]) assert.doesNotMatch(path, isOffice);
});
