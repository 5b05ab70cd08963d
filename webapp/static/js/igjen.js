// Trying again by itself: later and later, or when the server has said (Retry-After), but never further off than an hour.

const BACKOFF = [5_000, 15_000, 30_000, 60_000, 300_000]; // ms
const LATEST = 3_600_000;

/** ms without an answer: the line may be dead and not say so for long, so what is on its way lies on the device as well. */
export const HANGS = 2_000;

/** What the server asks for, in ms, an hour at most; 0 when it asks for nothing that we understand. */
export const retryAfter = (headers) => Math.min(LATEST, Math.max(0, Number(headers?.get?.("Retry-After")) * 1000 || 0));

export function createRetry(work, timers = globalThis) {
  let timer = null;
  let failures = 0;

  function cancel() {
    timers.clearTimeout(timer);
  }
  return {
    cancel,
    later(after = 0) {
      const delay = after || BACKOFF[Math.min(failures, BACKOFF.length - 1)];
      failures += 1;
      cancel();
      timer = timers.setTimeout(work, delay);
    },
    /** The next time begins from the shortest wait again. */
    worked() {
      failures = 0;
    },
  };
}
