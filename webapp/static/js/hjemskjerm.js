// The home screen. Where the browser can put Medvirk there by itself, [data-legg-til] asks it to; everywhere else it stays the
// link that it is, to drawn instructions. An answer is remembered with the person, and here until they sign out.

import { csrf } from "./csrf.js";

const KEY = "medvirk-hjemskjerm";

export function offerHomeScreen() {
  const card = document.querySelector("[data-hjemskjerm]");
  let question = null;

  function remember(svar) {
    try {
      localStorage.setItem(KEY, svar);
    } catch {
      // Private window: the server remembers.
    }
  }
  function answer(svar) {
    remember(svar);
    card?.remove();
    const body = new URLSearchParams({ csrf_token: csrf(), svar });
    fetch("/telefon/svar", { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
  }

  // The browser's own bar never comes up: it asks in the middle of something, and asks again.
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    question = event;
  });
  addEventListener("appinstalled", () => answer("ja"));

  for (const link of document.querySelectorAll("[data-legg-til]")) {
    link.addEventListener("click", async (event) => {
      if (!question) return;
      event.preventDefault();
      const asked = question;
      question = null; // works once
      asked.prompt();
      const { outcome } = await asked.userChoice;
      answer(outcome === "accepted" ? "ja" : "nei");
    });
  }
  document.querySelector("[data-nei-takk]")?.addEventListener("submit", () => remember("nei"));

  if (!card) return;
  if (matchMedia("(display-mode: standalone)").matches) answer("ja");
  else {
    try {
      if (localStorage.getItem(KEY)) card.remove();
    } catch {
      // Private window: the server's word counts.
    }
  }
}
