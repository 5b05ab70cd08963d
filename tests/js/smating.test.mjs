import assert from "node:assert/strict";
import { test } from "node:test";

import { insideAnApp, messageFor } from "../../webapp/static/js/passnokkel.js";
import { lengthOf } from "../../webapp/static/js/teller.js";

test("length is counted as the server counts it", () => {
  assert.equal(lengthOf("hei"), 3);
  assert.equal(lengthOf("👩‍👧"), 3, "code points, as Python's len");
  assert.equal(lengthOf("a\r\nb"), 3);
});

test("a page inside another app is recognised, a browser is not", () => {
  const android = "Mozilla/5.0 (Linux; Android 12; SM-A125F; wv) AppleWebKit/537.36 Version/4.0 Chrome/120.0 Mobile Safari/537.36";
  const chrome = "Mozilla/5.0 (Linux; Android 12; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";
  const safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
  const inApp = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS]";
  assert.deepEqual([android, chrome, safari, inApp].map(insideAnApp), [true, false, false, true]);
});

test("every failure of a passkey has a sentence", () => {
  const named = (name) => messageFor(Object.assign(new Error("x"), { name }));
  assert.equal(named("NotAllowedError"), "avbrutt");
  assert.equal(named("InvalidStateError"), "finnes");
  assert.equal(named("NotSupportedError"), "ikkeStotte");
  assert.equal(named("SecurityError"), "feilAdresse");
  assert.equal(named("TypeError"), "nett");
  assert.equal(named("Whatever"), "feil");
  assert.equal(messageFor(undefined), "feil");
});
