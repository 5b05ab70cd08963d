// The bar of «Les høyt»: buttons that say what was pressed, and which of them are on. The markup is the page's (felles/les.html).

const SPEEDS = { sakte: 0.75, vanlig: 1, fort: 1.35 };
const KEPT = "medvirk.les";

function keptSpeed() {
  try {
    const kept = localStorage.getItem(KEPT);
    return kept in SPEEDS ? kept : "vanlig";
  } catch {
    return "vanlig"; // blocked: then it is not remembered
  }
}

/**
 * Puts the bar on the page, after `button`. `pressed(what)`: "spill", "stopp", "forrige", "neste", "fart", "lesemodus",
 * "norsk" or "bytt".
 */
export function createBar(button, pressed) {
  const bar = document.getElementById("les-linje").content.firstElementChild.cloneNode(true);
  const part = (what) => bar.querySelector(`[data-gjor="${what}"]`);
  const tools = bar.querySelector('[role="toolbar"]');
  const message = bar.querySelector("[data-ingen-stemme]");
  let speed = keptSpeed();

  const press = (chosen, on) => chosen?.setAttribute("aria-pressed", String(on));
  function showSpeed() {
    for (const step of bar.querySelectorAll("[data-fart]")) press(step, step.dataset.fart === speed);
  }

  // One stop for Tab, arrows inside (the pattern of a toolbar).
  const stops = () => [...tools.querySelectorAll("button")].filter((one) => !one.closest("[hidden]"));
  function stopAt(chosen, focus = true) {
    for (const one of tools.querySelectorAll("button")) one.tabIndex = one === chosen ? 0 : -1;
    if (focus) chosen.focus();
  }
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      pressed("stopp");
      return;
    }
    const all = stops();
    const at = all.indexOf(document.activeElement);
    const on = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + on, ArrowLeft: at - on, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    stopAt(all.at(to % all.length));
  });
  bar.addEventListener("click", ({ target }) => {
    const chosen = target.closest("button");
    if (!chosen) return;
    if (tools.contains(chosen)) stopAt(chosen, false);
    if (chosen.dataset.fart) {
      speed = chosen.dataset.fart;
      showSpeed();
      try {
        localStorage.setItem(KEPT, speed);
      } catch {
        // Blocked: it counts for this page.
      }
    }
    pressed(chosen.dataset.gjor ?? "fart");
  });

  bar.dataset.fraSkript = "";
  button.after(bar);
  button.setAttribute("aria-pressed", "true");
  showSpeed();
  // What is fixed to the lower edge, and what the page leaves free there, must know how high it is.
  const root = document.documentElement;
  const places = document.querySelector(".nav-bruker");
  const measured = new ResizeObserver(() => {
    root.style.setProperty("--les-hoyde", `${bar.offsetHeight}px`);
    root.style.setProperty("--les-under", `${places?.offsetHeight ?? 0}px`);
  });
  for (const one of [bar, places]) if (one) measured.observe(one);
  stopAt(part("spill"));

  return {
    speed: () => SPEEDS[speed],
    /** How much of the window's lower edge it covers, with what lies under it. */
    room: () => Math.max(0, innerHeight - bar.getBoundingClientRect().top),
    playing(on) {
      const { dataset } = part("spill");
      part("spill").setAttribute("aria-label", on ? dataset.pause : dataset.fortsett);
      dataset.tilstand = on ? "leser" : "venter";
    },
    readingMode: (on) => press(part("lesemodus"), on),
    /** No voice: says so, and what can be done instead ("norsk", "bytt" or nothing). */
    voiceless(on, instead = "") {
      const focused = bar.contains(document.activeElement);
      message.textContent = on ? message.dataset.ingenStemme : "";
      for (const one of bar.querySelectorAll("[data-stemme]")) one.hidden = on;
      for (const one of ["norsk", "bytt"]) part(one).hidden = !on || one !== instead;
      const [begin] = stops();
      stopAt(on ? begin : part("spill"), false);
      if (focused) (on && instead ? part(instead) : on ? begin : part("spill")).focus();
    },
    remove() {
      measured.disconnect();
      for (const one of ["--les-hoyde", "--les-under"]) root.style.removeProperty(one);
      const focused = bar.contains(document.activeElement);
      bar.remove();
      button.setAttribute("aria-pressed", "false");
      if (focused) button.focus();
    },
  };
}
