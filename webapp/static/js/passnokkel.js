// Passkeys: make one, sign in with one. <div data-passnokkel="registrer|inn" data-prefiks="" data-avbrutt="…" …> holds a
// button, and a line for messages; every text is a data attribute, already translated (felles/passnokkel.html).

import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";

import { jsonOf, postJson, renewCsrf } from "./csrf.js";

const PATHS = { registrer: "/passnokkel/registrer", inn: "/inn/passnokkel" };

/** A page shown inside another app has no passkeys, even where the phone has. */
export function insideAnApp(agent) {
  if (/; wv\)|FBAN|FBAV|FB_IAB|Instagram|Snapchat|Line\/|TikTok|musical_ly|BytedanceWebview|GSA\//i.test(agent)) return true;
  return /iPhone|iPad/.test(agent) && /AppleWebKit/.test(agent) && !/Safari\//.test(agent);
}

/** Which of our sentences fits what the browser said. */
export function messageFor(error) {
  switch (error?.name) {
    case "AbortError":
    case "NotAllowedError": // cancelled, timed out, or no passkey here: browsers do not say which
      return "avbrutt";
    case "InvalidStateError":
      return "finnes";
    case "NotSupportedError":
    case "ConstraintError":
      return "ikkeStotte";
    case "SecurityError":
      return "feilAdresse";
    case "TypeError":
    case "TimeoutError":
      return "nett";
    default:
      return "feil";
  }
}

async function ask(url, body) {
  let response = await postJson(url, body);
  let answer = await jsonOf(response);
  if (response.status === 400 && answer.csrf) {
    renewCsrf(answer.csrf);
    response = await postJson(url, body);
    answer = await jsonOf(response);
  }
  return { ok: response.ok, answer };
}

async function run(box, say) {
  const path = (box.dataset.prefiks ?? "") + PATHS[box.dataset.passnokkel];
  const options = await ask(`${path}/valg`, {});
  if (!options.ok) return say("feil", options.answer.melding);
  const optionsJSON = options.answer.publicKey ?? options.answer;
  // On the bruker's own phone the same key can later open what lies there, without network (las.js).
  if (box.dataset.passnokkel === "registrer") optionsJSON.extensions = { ...optionsJSON.extensions, prf: {} };
  const begin = box.dataset.passnokkel === "inn" ? startAuthentication : startRegistration;
  const credential = await begin({ optionsJSON });
  const { neste } = box.dataset;
  const result = await ask(path, { ...credential, ...(neste && { neste }) });
  if (!result.ok || !result.answer.ok) return say(box.dataset.passnokkel === "inn" ? "ukjent" : "feil", result.answer.melding);
  location.assign(result.answer.neste ?? "/");
  return undefined;
}

function start(box) {
  const button = box.querySelector("[data-passnokkel-knapp]");
  const message = box.querySelector("[data-passnokkel-melding]");
  const say = (key, text) => {
    message.textContent = text || box.dataset[key] || box.dataset.feil;
    message.hidden = false;
  };
  if (!browserSupportsWebAuthn()) {
    button.remove(); // its place is kept while the script is on its way (skjema.css)
    say(insideAnApp(navigator.userAgent) ? "webview" : "ikkeStotte");
    return;
  }
  if (insideAnApp(navigator.userAgent)) say("webview");
  button.hidden = false;
  button.addEventListener("click", async () => {
    message.hidden = true;
    button.setAttribute("aria-busy", "true");
    try {
      await run(box, say);
    } catch (error) {
      say(messageFor(error?.cause?.name ? error.cause : error));
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}

if (globalThis.document) for (const box of document.querySelectorAll("[data-passnokkel]")) start(box);
