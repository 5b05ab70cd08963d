// Small pieces of pages that are made on the device. Words come from the server (webapp/enhet/ord.py), translated.

/** An element: el("p", {className: "dempet"}, "text", child, …) */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const button = (text, onClick, variant) => {
  const made = el("button", { className: "ds-button", type: "button" }, text);
  if (variant) made.dataset.variant = variant;
  made.addEventListener("click", onClick);
  return made;
};

/** Shows or hides what stands on the page. A page that is kept on the device is kept as it came (sidelager.js). */
export function hide(element, hidden = true) {
  element.hidden = hidden;
  element.toggleAttribute("data-skjult", hidden);
}

/** «{navn}» in a text. A missing text is its own name, so that nothing is ever empty. */
export const fill = (text, values = {}) => (text ?? "").replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

/** A moment as the page's language says it. Shown only: nothing is decided by the device's clock. */
export const moment = (time, lang) =>
  new Intl.DateTimeFormat(lang === "ar" ? "ar-u-nu-latn" : lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(time);

/** What somebody wrote, word for word. */
export const ownWords = (text) => el("p", { className: "ord", lang: "und", dir: "auto", "data-bruker-tekst": true }, text);

/** A telephone number that can be pressed. */
export const phone = (number) => el("a", { href: `tel:${number.replaceAll(" ", "")}` }, el("bdi", { dir: "ltr" }, number));
