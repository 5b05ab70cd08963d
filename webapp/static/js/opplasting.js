// One file in one request, which is given up when the line stands still (vedlegg.js, utko.js).

import { csrf, ofOwner, unattended } from "./csrf.js";

const STILL = 30_000; // ms without a byte going out: the line is dead, whatever the phone says
const ANSWER = 60_000; // ms for the server, which may wash the file for half of it

/** Resolves with {status, answer, url, vent}; status 0 when nothing came back. `vent`: when the server wants to be asked again. */
export function sendOnce(url, fields, file, name, onProgress = () => {}, Request = globalThis.XMLHttpRequest) {
  return new Promise((done) => {
    const body = new FormData();
    for (const [key, value] of Object.entries(fields)) body.append(key, value);
    body.append("fil", file, name);
    const request = new Request();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    const headers = { "X-CSRFToken": csrf(), ...ofOwner(), ...unattended() };
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    // No limit on the whole: a slow line that moves is left to get there. One that stands still is given up.
    let watch = 0;
    const within = (ms) => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), ms);
    };
    request.upload?.addEventListener("progress", (event) => {
      within(event.loaded < event.total ? STILL : ANSWER);
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    });
    request.upload?.addEventListener("load", () => within(ANSWER));
    request.addEventListener("loadend", () => clearTimeout(watch));
    request.addEventListener("load", () => {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // a page: signed out, too large, too often
      }
      done({ status: request.status, answer, url: request.responseURL ?? "", vent: request.getResponseHeader?.("Retry-After") });
    });
    for (const name of ["error", "abort"]) request.addEventListener(name, () => done({ status: 0, answer: null, url: "" }));
    within(STILL);
    request.send(body);
  });
}
