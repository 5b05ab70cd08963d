// Lighthouse on the phone profile (slow 4G, slow processor) for a page and four kinds of visit: a first one; again at once,
// by somebody who has closed the window; again later, when the worker sleeps as well; and from another of our pages, as
// Lighthouse's own user flows go. Each is made `turns` times, since one run says little. In on standard input: {chromium,
// arguments, turns, page: {name, url, language, cookie: {name, value} or null}}. Out: one JSON line for each kind of visit.

import lighthouse from "lighthouse";
import { launch } from "puppeteer-core";

const VISITS = {
  first: {},
  again: { disableStorageReset: true },
  later: { disableStorageReset: true, asleep: true },
  within: { disableStorageReset: true, skipAboutBlank: true },
};

const TIMES = ["performance"];
const EVERYTHING = [...TIMES, "accessibility", "best-practices"];

const { chromium, arguments: chromeFlags, turns, page: asked } = JSON.parse(await text(process.stdin));
const browser = await launch({ executablePath: chromium, args: chromeFlags });
try {
  // In the browser's own jar: beside a cookie that the server sets, one from extraHeaders is not sent.
  if (asked.cookie) await browser.setCookie({ ...asked.cookie, domain: "localhost", path: "/", httpOnly: true });
  for (const [visit, how] of Object.entries(VISITS)) {
    const runs = [];
    // The other scores once: what their test leaves in the process is cleared away in the next turn, and blocks it.
    for (let turn = 0; turn < turns; turn++) runs.push(figures(await run(asked, how, turn ? TIMES : EVERYTHING)));
    console.log(JSON.stringify({ name: asked.name, visit, ...together(runs) }));
  }
} finally {
  await browser.close();
}

async function run({ url, language }, { asleep, ...how }, onlyCategories) {
  let lhr;
  // Now and then the browser tells it nothing of the beginning (NO_NAVSTART). It begins anew then.
  for (let turn = 0; turn < 3 && (!lhr || lhr.runtimeError); turn++) {
    const page = await browser.newPage();
    if (asleep) await letSleep(page);
    if (how.skipAboutBlank) await page.goto(new URL("/om", url).href);
    ({ lhr } = await lighthouse(
      url,
      {
        logLevel: "silent",
        onlyCategories,
        extraHeaders: { "Accept-Language": language },
        ...how,
      },
      undefined,
      page,
    ));
    // An earlier window that stays open keeps the worker's process, and the new one has to wait for its own (decision 21).
    await page.close();
  }
  return lhr;
}

// As the browser does by itself after half a minute without anything to do, and always on a phone that was put away.
async function letSleep(page) {
  const session = await page.createCDPSession();
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await session.detach();
}

// Scores and times as the median, and how far the runs lie apart; of everything else the worst.
function together(runs) {
  const seen = runs.filter(({ lcp }) => lcp !== null);
  if (!seen.length) return { ...runs[0], lcp: null };
  const ordered = (of) => seen.map(of).filter(Number.isFinite).sort((a, b) => a - b);
  const median = (of) => ordered(of)[ordered(of).length >> 1];
  const times = ordered(({ lcp }) => lcp);
  const most = (name) => Math.max(...seen.map((run) => run[name]));
  return {
    error: seen.map(({ error }) => error).find(Boolean) ?? "",
    url: seen[0].url,
    scores: Object.fromEntries(Object.keys(runs[0].scores).map((id) => [id, median(({ scores }) => scores[id])])),
    runs: seen.length,
    lcp: median(({ lcp }) => lcp),
    least: times[0],
    most: times.at(-1),
    cls: most("cls"),
    tbt: median(({ tbt }) => tbt),
    bytes: most("bytes"),
    failed: [...new Set(seen.flatMap(({ failed }) => failed))],
  };
}

function figures({ categories, audits, runtimeError, finalDisplayedUrl }) {
  const failed = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
    .map(({ id }) => audits[id])
    .filter(({ score }) => score !== null && score < 0.9)
    .map(({ id, displayValue }) => [id, displayValue].filter(Boolean).join(" "));
  return {
    error: runtimeError?.message ?? "",
    url: finalDisplayedUrl,
    scores: Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round(score * 100)])),
    lcp: whole(audits["largest-contentful-paint"].numericValue),
    cls: audits["cumulative-layout-shift"].numericValue,
    tbt: Math.round(audits["total-blocking-time"].numericValue),
    bytes: audits["total-byte-weight"].numericValue,
    failed: [...new Set(failed)],
  };
}

function whole(value) {
  return Number.isFinite(value) ? Math.round(value) : null;
}

async function text(stream) {
  let read = "";
  for await (const piece of stream) read += piece;
  return read;
}
