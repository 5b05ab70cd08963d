// What the service worker does with a push message (sw.js listens for every name exported here). The words come in the
// message, in the bruker's language, and never say what there is news about (S6). Without a readable message: plain words.

const FALLBACK = { tittel: "Medvirk", tekst: "", sprak: "nb", retning: "ltr" };
// One mark for all: the latest message takes the place of the one before it on the screen, so nothing piles up.
const TAG = "medvirk";

/** What the message says, whatever was sent. */
export function contentOf(data) {
  try {
    const content = data?.json();
    return content && typeof content.tittel === "string" ? { ...FALLBACK, ...content } : FALLBACK;
  } catch {
    return FALLBACK;
  }
}

/** A message came: browsers demand that something is shown. */
export function push(event) {
  const { tittel, tekst, sprak, retning } = contentOf(event.data);
  event.waitUntil(
    self.registration.showNotification(tittel, { body: tekst, lang: sprak, dir: retning, tag: TAG, renotify: false }),
  );
}

/** They pressed it: the front page, in the window that is open when there is one. */
export function notificationclick(event) {
  event.notification.close();
  event.waitUntil(openFrontPage());
}

async function openFrontPage() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => !new URL(one.url).pathname.startsWith("/veileder"));
  // A page with something half written in it is shown as it is, not led away from.
  return page ? page.focus() : self.clients.openWindow("/");
}
