// Says how much room is left when a text nears its limit (data-maks), and how much is too much. The text is never cut.

const NEAR = 500; // characters left when the counter begins to speak

/** Characters as the server counts them: code points, a line break is one. */
export function lengthOf(text) {
  return [...text.replaceAll("\r\n", "\n")].length;
}

export function watchLengths(root = document) {
  root.addEventListener("input", ({ target }) => {
    if (target.dataset?.maks) update(target);
  });
  for (const field of root.querySelectorAll("[data-maks]")) update(field);
}

function update(field) {
  const counter = document.querySelector(`[data-teller-for="${CSS.escape(field.id)}"]`);
  if (!counter) return;
  const limit = Number(field.dataset.maks);
  // Cheap first: most texts are nowhere near, and no text has fewer units than characters.
  const left = field.value.length + NEAR < limit ? limit : limit - lengthOf(field.value);
  const near = Math.min(NEAR, limit / 5);
  counter.hidden = left > near;
  if (counter.hidden) return;
  const over = left < 0;
  counter.toggleAttribute("data-over-grensen", over);
  const text = (over ? counter.dataset.over : counter.dataset.igjen).replace("{n}", Math.abs(left));
  counter.textContent = text;
  // Read aloud when the writer pauses, not with every letter.
  clearTimeout(counter.timer);
  counter.timer = setTimeout(() => speak(counter, text), 1_200);
}

function speak(counter, text) {
  let live = counter.nextElementSibling;
  if (!live?.matches("[data-teller-lyd]")) {
    live = document.createElement("span");
    live.className = "ds-sr-only";
    live.dataset.tellerLyd = "";
    live.setAttribute("role", "status");
    counter.after(live);
  }
  live.textContent = text;
}
