// The page first. What only adds to it waits until it has been shown: on a slow phone each change to a page that is not on the
// screen yet means that it is measured and laid out once more before anybody sees it (decision 22).

const LATEST = 1_000; // ms: for a browser that does not tell, or has nothing to show

/** Resolves when something of this page is on the screen; at once where nobody is looking, or it has been seen already. */
export function shown(page = globalThis) {
  const { document, performance, PerformanceObserver, setTimeout } = page;
  return new Promise((resolve) => {
    const seen = performance.getEntriesByType?.("paint").length > 0;
    if (seen || document.visibilityState === "hidden" || !PerformanceObserver?.supportedEntryTypes?.includes("paint")) {
      resolve();
      return;
    }
    const observer = new PerformanceObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: "paint" });
    setTimeout(resolve, LATEST);
  });
}
