// Lighthouse on the phone profile (slow 4G, slow processor) for each page three times: as a first visit; again in the same
// browser, in a new window; and from another of our pages, as Lighthouse's own user flows go. In on standard input:
// {chromium, arguments, pages: [{name, url, language, cookie: {name, value} or null}]}. Out: one JSON line for each visit.

import lighthouse from "lighthouse";
import { launch } from "puppeteer-core";

const VISITS = {
  first: {},
  again: { disableStorageReset: true },
  within: { disableStorageReset: true, skipAboutBlank: true },
};

const { chromium, arguments: chromeFlags, pages } = JSON.parse(await text(process.stdin));

for (const { name, url, language, cookie } of pages) {
  const browser = await launch({ executablePath: chromium, args: chromeFlags });
  try {
    // In the browser's own jar: beside a cookie that the server sets, one from extraHeaders is not sent.
    if (cookie) await browser.setCookie({ ...cookie, domain: "localhost", path: "/", httpOnly: true });
    for (const [visit, how] of Object.entries(VISITS)) {
      let lhr;
      // Now and then the browser tells it nothing of the beginning (NO_NAVSTART). It begins anew then, with an empty device.
      for (let turn = 0; turn < 3 && (!lhr || (visit === "first" && lhr.runtimeError)); turn++) {
        const page = await browser.newPage();
        if (how.skipAboutBlank) await page.goto(new URL("/om", url).href);
        ({ lhr } = await lighthouse(
          url,
          {
            logLevel: "silent",
            onlyCategories: ["performance", "accessibility", "best-practices"],
            extraHeaders: { "Accept-Language": language },
            ...how,
          },
          undefined,
          page,
        ));
      }
      console.log(JSON.stringify({ name, visit, ...figures(lhr) }));
    }
  } finally {
    await browser.close();
  }
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
    lcp: Math.round(audits["largest-contentful-paint"].numericValue),
    cls: audits["cumulative-layout-shift"].numericValue,
    tbt: Math.round(audits["total-blocking-time"].numericValue),
    bytes: audits["total-byte-weight"].numericValue,
    failed: [...new Set(failed)],
  };
}

async function text(stream) {
  let whole = "";
  for await (const piece of stream) whole += piece;
  return whole;
}
