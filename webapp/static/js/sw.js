// The worker that lies between the bruker's pages and the network (docs/decisions/0013). It keeps what is the same for
// everybody (styles, scripts, icons, one offline page per language) and nothing else: no page from behind the sign-in, ever.
//
// /sw.js is this file with a list in front of it (webapp/telefon/worker.py): self.medvirk = { filer: [{ url, revision }],
// frakoblet: { nb: "/frakoblet/nb", … } }. A changed list is a changed worker.

import { setCacheNameDetails } from "workbox-core";
import { matchPrecache, PrecacheController, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { NetworkOnly } from "workbox-strategies";

import * as handlers from "./sw-push.js";
import { isOffice, offlineLanguage, rememberLanguage } from "./sw-sprak.js";

setCacheNameDetails({ prefix: "medvirk", suffix: "v1" });

const { filer, frakoblet } = self.medvirk;

// Addresses with a hash in them are their own revision. Nothing is guessed: no index.html, no ignored parameters.
precacheAndRoute(filer, { directoryIndex: null, cleanURLs: false, ignoreURLParametersMatching: [] });

// Pages come from the network, always. Only when there is no answer at all does the offline page come instead; an error
// from the server is an answer. The office's side passes by the worker altogether, and so does every form that is sent.
const network = new NetworkOnly();
registerRoute(
  new NavigationRoute(
    async (context) => {
      try {
        return await network.handle(context);
      } catch {
        return (await matchPrecache(frakoblet[await offlineLanguage(frakoblet)])) ?? Response.error();
      }
    },
    { denylist: [isOffice] },
  ),
);

// What a page sends while it goes away must not come by here: when the worker has to wake up first, nobody is left to wait for
// the answer, and the browser drops it (Chromium, busy machine: 3 of 20 last saves; 0 of 40 past the worker). A browser
// that cannot be told so risks what was typed in the last second before the page was left; all before it has been saved.
addEventListener("install", (event) => {
  event.waitUntil(event.addRoutes?.({ condition: { requestMethod: "post" }, source: "network" })?.catch?.(() => {}));
});

addEventListener("activate", (event) => {
  // The request for a page goes out while the worker is still waking up.
  event.waitUntil(self.registration.navigationPreload?.enable());
});

// A new worker waits until no page of ours is open, as workers do when nobody hurries them. Hurrying (skipWaiting) could catch
// somebody on their way to the next page, which then never came: the worker that was to fetch it was gone (Chromium 156).
addEventListener("message", (event) => {
  const { sprak } = event.data ?? {};
  if (!(sprak in frakoblet)) return;
  event.waitUntil(rememberLanguage(sprak));
  event.waitUntil(fetchMissing().catch(() => {})); // the next page tries again
});

/**
 * A phone that was emptied while another tab of ours was open still has its worker: unregistering only marks it, and the next page
 * takes it back as it is, without an install. They are fetched in order, so with the last one there all are.
 */
async function fetchMissing() {
  if (await matchPrecache(filer.at(-1).url)) return;
  const all = new PrecacheController();
  all.addToCacheList(filer);
  await all.install({ type: "install", waitUntil() {} }); // the message is what waits
}

// What sw-push.js answers is named after the event.
for (const name of ["push", "notificationclick", "notificationclose", "pushsubscriptionchange"]) {
  if (handlers[name]) addEventListener(name, handlers[name]);
}
