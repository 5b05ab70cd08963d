// What the service worker does with a push message (sw.js listens for every name exported here). The words come in the
// message, in the bruker's language, and never say what there is news about (S6). Without a readable message: plain words.

const FALLBACK = { tittel: "Medvirk", tekst: "", sprak: "nb", retning: "ltr", nr: null };
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
  event.waitUntil(show(contentOf(event.data)));
}

/**
 * The same message once more (its answer was lost, and the server tried again) makes no second sound. Another one does, also when
 * the one before still lies there: a deadline is reminded of by a phone that has not been looked at.
 */
async function show({ tittel, tekst, sprak, retning, nr }) {
  const there = await Promise.resolve(self.registration.getNotifications?.({ tag: TAG })).catch(() => []);
  const again = !nr || (there ?? []).some(({ data }) => data?.nr === nr);
  await self.registration.showNotification(tittel, { body: tekst, lang: sprak, dir: retning, tag: TAG, renotify: !again, data: { nr } });
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
