// When something is tried again by itself.

import assert from "node:assert/strict";
import { test } from "node:test";

import { retryAfter } from "../../webapp/static/js/igjen.js";

const said = (value) => retryAfter(new Headers(value === undefined ? {} : { "Retry-After": value }));

test("what the server asks for is heeded, for an hour at most, and never means at once, over and over", () => {
  assert.equal(said("30"), 30_000);
  assert.equal(said("99999999999"), 3_600_000);
  for (const odd of [undefined, "", "-5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"]) assert.equal(said(odd), 0);
});
