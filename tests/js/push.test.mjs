// Messages on this phone are on when our server has said so.

import assert from "node:assert/strict";
import { test } from "node:test";

import { send } from "../../webapp/static/js/push.js";

const json = (status, body) => new Response(JSON.stringify(body), { status });

/** What becomes of it when the server, or somebody in its place, answers these in turn. */
function told(...answers) {
  globalThis.document = { querySelector: () => null, querySelectorAll: () => [] };
  return send("/mer/paminnelser/push", {}, async () => answers.shift()).finally(() => delete globalThis.document);
}

test("only our server's answer counts, whatever the network's own page says", async () => {
  assert.equal(await told(json(200, { ok: true })), true);
  assert.equal(await told(json(200, { ok: false })), true, "off already: it has been heard");
  assert.equal(await told(new Response("<h1>Wi-Fi</h1>")), false);
  assert.equal(await told(json(422, { feil: "abonnement" })), false);
});

test("a form key that is too old is renewed once", async () => {
  const stale = () => json(400, { feil: "skjemanokkel", csrf: "ny" });
  assert.equal(await told(stale(), json(200, { ok: true })), true);
  assert.equal(await told(stale(), stale()), false);
});
