// Which page a draft was written on: an id of its own each time a form is opened, in a field that goes along with everything that is sent of
// it. So what one page keeps never takes the place of what another has kept there (platform/draft_parts.py).

export const SIDE = "utkastside";

/** Which page it is, of what stands in the field: what was fetched into it follows after a dot. Empty where no page has said. */
export const idOf = (value) => (value ?? "").split(".")[0];

const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The field, unless the server has put it there: it knows what was fetched into the page. `id`: what is written on goes on as that. */
export function namePage(form, id = newId()) {
  if (form.elements.namedItem(SIDE)) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: SIDE, value: id }));
}
