// Which language the offline page is shown in. The worker cannot see the page that could not be fetched, so it remembers
// one word from a closed list, in a cache of its own that holds nothing else.

export const CACHE = "medvirk-sprak";
const KEY = "/sprak";

/** The office's addresses: the worker keeps out of them. */
export const isOffice = /^\/veileder(\/|$)/;

/** Remember what the last page was in. Writes only when it has changed; the cache is asked, as the phone may have been emptied since. */
export async function rememberLanguage(sprak) {
  if (sprak === (await remembered())) return;
  await (await caches.open(CACHE)).put(KEY, new Response(sprak));
}

const remembered = async () => (await caches.match(KEY, { cacheName: CACHE }))?.text();

/** The language of `pages` ({nb: …, en: …}) to use now: the remembered one, the phone's, or bokmål. */
export async function offlineLanguage(pages) {
  const wanted = [await remembered().catch(() => undefined), ...(navigator.languages ?? [])];
  return wanted.filter(Boolean).map((one) => called(one, pages)).find(Boolean) ?? "nb";
}

/** What `pages` calls a language of the phone's: «en-GB» is «en», «no» is «nb», and Dari is «fa» or «prs» on phones. */
function called(name, pages) {
  if (name in pages) return name;
  const first = name.toLowerCase().split("-")[0];
  const code = { no: "nb", fa: "fa-AF", prs: "fa-AF" }[first] ?? first;
  return code in pages ? code : undefined;
}
