// Shows which sentence is being read, and keeps it in sight. Where the browser cannot mark part of a text, its block is framed.

const NAME = "les";
const MARGIN = 16; // px between the sentence and whatever lies over the page
let framed = null;

export function unmark() {
  globalThis.CSS?.highlights?.delete(NAME);
  framed?.classList.remove("leses");
  framed = null;
}

/** The part of the page where the sentence stands: a range, or the element it is the content of. */
function placeOf({ start, end, element }) {
  if (!start?.[0].isConnected) return element;
  const range = new Range();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

/** Marks a sentence. `room`: how much of the window's lower edge is covered, in px. */
export function mark(piece, room) {
  unmark();
  const place = placeOf(piece);
  if (place instanceof Range && globalThis.CSS?.highlights && globalThis.Highlight) {
    CSS.highlights.set(NAME, new Highlight(place));
  } else {
    framed = piece.element;
    framed.classList.add("leses");
  }
  const { top, bottom, height } = place.getBoundingClientRect();
  const line = document.getElementById("statuslinje")?.getBoundingClientRect();
  const above = (line && line.top <= 0 ? line.height : 0) + MARGIN;
  const below = innerHeight - room - MARGIN;
  if ((!height && !top) || (top >= above && bottom <= below)) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: top - above - Math.max(0, (below - above - height) / 3), behavior: calm ? "auto" : "smooth" });
}
