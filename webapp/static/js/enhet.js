// «Denne telefonen»: yes, take it back, locking with the passkey, and after a minute away. The answer is kept on this device only.

import { deviceKey, openStore } from "./lager.js";
import { lock, lockedFor } from "./las.js";
import { forgetDevice } from "./glem.js";
import { ownPhone, sayOwnPhone } from "./merker.js";
import { quickLock, sayQuickLock } from "./raskelas.js";
import { sendWaiting } from "./utlogging.js";

const box = document.querySelector("[data-enhet]");
if (box) start(box);

async function start(page) {
  const part = (name) => page.querySelector(`[data-${name}]`);
  const key = deviceKey();
  const ids = page.dataset.nokler.split(",").filter(Boolean);
  part("uten-skript").hidden = true;
  let store;
  try {
    store = await openStore(key);
  } catch {
    part("ikke-mulig").hidden = false;
    return;
  }

  async function show() {
    const mine = ownPhone() === store.owner;
    const locked = mine && (await lockedFor()) === store.owner;
    part("sporsmal").hidden = mine;
    part("er-min").hidden = !mine;
    part("med-las").hidden = !locked;
    part("uten-las").hidden = locked;
  }

  /** Asks for fingerprint or screen lock: only after a press, as browsers want it. */
  async function tryLock({ quiet = false } = {}) {
    const message = part("melding");
    const gone = await lock(key, ids).catch(() => false);
    await show();
    if (gone || !quiet) message.textContent = gone ? message.dataset.lasGikk : message.dataset.lasGikkIkke;
  }

  part("ja").addEventListener("click", async () => {
    if (!sayOwnPhone(store.owner)) {
      part("ikke-mulig").hidden = false;
      return;
    }
    part("slettet").hidden = true;
    await navigator.storage?.persist?.().catch(() => {});
    await show();
    document.dispatchEvent(new Event("medvirk:min-telefon"));
    if (ids.length) await tryLock();
  });
  part("lasraskt").checked = quickLock();
  part("lasraskt").addEventListener("change", ({ target }) => sayQuickLock(target.checked));
  part("las")?.addEventListener("click", () => tryLock());
  part("slett").addEventListener("click", async ({ currentTarget }) => {
    if ((await sendWaiting()) > 0 && !confirm(currentTarget.dataset.usendt)) return;
    store.close();
    sayOwnPhone(null);
    await forgetDevice();
    part("lasraskt").checked = false;
    store = await openStore(key).catch(() => store);
    await show();
    part("slettet").hidden = false;
  });
  await show();
}
