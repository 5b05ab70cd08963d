// A page with one form, as skjemako.js and utkast.js see it: what is written in it, a press of its button, and what the page says.

/** Makes the page the open one. `fields`: [name, value] of what the form holds. */
export function pageWith(fields, { url = "https://medvirk.example/varsel/1/uttalelse" } = {}) {
  const said = [];
  const listeners = [];
  const element = (name) => ({
    name, dataset: {}, children: [], on: {}, isConnected: true, setAttribute() {}, removeAttribute() {}, remove() {}, focus() {}, scrollIntoView() {},
    addEventListener(kind, listener) { this.on[kind] = listener; },
    append(...all) { this.children.push(...all); },
    replaceChildren(...all) { this.children = all; },
  });
  globalThis.location = new URL(url);
  globalThis.document = Object.assign(new EventTarget(), {
    title: "Skriv svar",
    documentElement: { lang: "nb" },
    querySelector: () => null,
    querySelectorAll: () => [],
    getElementById: () => null,
    createElement: element,
    addEventListener(kind, listener, how) {
      if (kind === "submit") listeners.push(listener);
      else EventTarget.prototype.addEventListener.call(this, kind, listener, how);
    },
  });
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  const windows = new EventTarget();
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) globalThis[name] = windows[name].bind(windows);

  const elements = fields.map(([name, value]) => ({ name, value, type: "textarea", tagName: "TEXTAREA", defaultValue: value }));
  elements.namedItem = (name) => elements.find((one) => one.name === name) ?? null;
  const attributes = new Set();
  const form = Object.assign(new EventTarget(), {
    elements,
    hidden: false,
    method: "post",
    action: url,
    dataset: new Proxy({ utkast: "/utkast" }, { set: (all, name, value) => (attributes.add(`data-${name}`), (all[name] = value), true) }),
    went: 0, // how often the browser itself would have sent it
    matches: () => true,
    hasAttribute: (name) => attributes.has(name),
    removeAttribute: (name) => attributes.delete(name),
    toggleAttribute: (name, on) => (on ? attributes.add(name) : attributes.delete(name)),
    getAttribute: () => null,
    querySelector: () => null,
    querySelectorAll: (which) => (which.startsWith("textarea") ? elements.filter(({ name }) => name !== "nokkel") : []),
    reportValidity: () => true,
    before: (box) => said.push(box),
    append() {},
    requestSubmit: (submitter) => press(submitter),
  });
  globalThis.FormData = class {
    *[Symbol.iterator]() {
      for (const { name, value } of elements) yield [name, value];
    }
  };
  const button = { name: "handling", value: "send", busy: false, hasAttribute: () => false, setAttribute() {}, removeAttribute() {} };

  function press(submitter = button) {
    const event = { target: form, submitter, stopped: false, prevented: false, preventDefault: () => (event.prevented = true), stopImmediatePropagation: () => (event.stopped = true) };
    for (const listener of listeners) if (!event.stopped) listener(event);
    if (event.stopped) return;
    const own = Object.assign(new Event("submit", { cancelable: true }), { submitter });
    if (form.dispatchEvent(own) && !event.prevented) form.went += 1;
  }

  /** Somebody writes in a field. */
  function type(name, value) {
    elements.namedItem(name).value = value;
    form.dispatchEvent(new Event("input"));
  }

  const within = (piece) => (typeof piece === "string" ? [piece] : [piece, ...piece.children.flatMap(within)]);
  /** Every word of what the page said last. */
  const words = () => within(said.at(-1)).filter((piece) => typeof piece === "string");
  /** A press of a button in it. */
  function choose(text) {
    const button = within(said.at(-1)).find(({ name, children }) => name === "button" && children.includes(text));
    button.on.click({ currentTarget: button });
  }

  return { form, said, words, choose, press, type, key: () => elements.namedItem("nokkel")?.value };
}
