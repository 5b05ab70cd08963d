// Is there a network? The browser's word for yes cannot be trusted; what failed, and what came through, can.

let lost = false;
const listeners = new Set();

export const offline = () => lost || navigator.onLine === false;
export const onLine = (listener) => listeners.add(listener);

export function heard(reached) {
  const before = offline();
  lost = !reached;
  if (before !== offline()) for (const listener of listeners) listener(offline());
}

addEventListener("online", () => heard(true));
addEventListener("offline", () => heard(false));
