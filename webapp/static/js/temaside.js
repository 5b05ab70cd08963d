// The theme page as lagring.js sees it: one question in, one question out. Reads and writes the form only.

export function themePage(form) {
  const control = (name) => form.elements.namedItem(name);
  const sheet = (id) => document.getElementById(`s-${id}`);

  function inputs(id) {
    const found = control(id);
    if (!found) return [];
    return found instanceof RadioNodeList ? [...found] : [found];
  }

  function read(id) {
    const found = inputs(id);
    const hidden = control(`v.${id}`);
    if (!found.length || !hidden) return null;
    const [versjon, ...merke] = hidden.value.split(":");
    const [writer, language] = (control(`av.${id}`)?.value ?? "").split(":"); // of what was kept, and could not be saved
    const picked = found.filter((input) => input.checked).map((input) => input.value);
    let verdi = found[0].value;
    if (found[0].type === "checkbox") verdi = picked;
    if (found[0].type === "radio") verdi = picked[0] ?? "";
    return {
      verdi,
      vil_ikke: Boolean(control(`vil_ikke.${id}`)?.checked),
      mini: control(`mini.${id}`)?.value, // «fortsatt slik» or «endret», where that is asked
      versjon: Number(versjon),
      merke: merke.join(":"),
      sprak: language || control("sidesprak")?.value, // what this page says of itself: it may be sent by another one, later
      skriver: writer || control("skriver")?.value,
    };
  }

  function write(id, { verdi, vil_ikke: declined }) {
    for (const input of inputs(id)) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = [verdi].flat().includes(input.value);
      else input.value = verdi;
    }
    const box = control(`vil_ikke.${id}`);
    if (box) box.checked = declined;
  }

  function setVersion(id, versjon, merke) {
    const hidden = control(`v.${id}`);
    if (!hidden) return;
    hidden.value = `${versjon}:${merke}`;
    hidden.dataset.nyVersjon = ""; // the page is not as it came any more (sidelager.js)
  }

  /** Messages at their fields; what is not mentioned any more is taken away. */
  function showErrors(messages) {
    for (const shown of form.querySelectorAll("[data-lagringsfeil]")) {
      if (shown.dataset.lagringsfeil in messages) continue;
      for (const input of inputs(shown.dataset.lagringsfeil)) {
        input.removeAttribute("aria-invalid");
        describe(input, shown.id, false);
      }
      shown.remove();
    }
    for (const [id, message] of Object.entries(messages)) {
      const [input] = inputs(id);
      if (!input) continue;
      let shown = document.getElementById(`${id}-lagringsfeil`);
      if (!shown) {
        shown = document.createElement("p");
        shown.id = `${id}-lagringsfeil`;
        shown.className = "ds-validation-message feil";
        shown.dataset.lagringsfeil = id;
        sheet(id)?.querySelector(".nedrad")?.before(shown);
        input.setAttribute("aria-invalid", "true");
        describe(input, shown.id, true);
      }
      shown.textContent = message;
    }
  }

  function describe(input, id, on) {
    const ids = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    if (on) ids.add(id);
    else ids.delete(id);
    if (ids.size) input.setAttribute("aria-describedby", [...ids].join(" "));
    else input.removeAttribute("aria-describedby");
  }

  return { read, write, setVersion, showErrors };
}
