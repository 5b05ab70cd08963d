// What «Les høyt» reads, in which order, and with which voice. Knows no page and no speech: les.js hands both in.

const TEXT = 3;
const ELEMENT = 1;
const ENDS = /[^.!?…።؟]+(?:[.!?…።؟]+["'»”’)\]]*|$)/gu; // where there is no Intl.Segmenter
const SOMETHING = /[\p{L}\p{N}]/u;

// What devices have under another name than we do. A voice for bokmål is understood by whoever reads nynorsk.
const CALLED = {
  nb: ["nb", "no", "nob", "nor", "nn", "nno"],
  nn: ["nn", "nno", "nb", "no", "nob", "nor"],
  se: ["se", "sme"],
  en: ["en", "eng"],
  uk: ["uk", "ukr"],
  ar: ["ar", "ara"],
  so: ["so", "som"],
  ti: ["ti", "tir"],
  fa: ["prs", "fa", "fas", "per", "pes"],
  pl: ["pl", "pol"],
};
const first = (tag) => tag.toLowerCase().split(/[-_]/)[0];

/**
 * The voice that reads `lang`, or undefined. Only a voice that works on the device itself: another one would send the
 * text to its maker (decision 17).
 */
export function voiceFor(lang, voices) {
  const here = voices.filter((voice) => voice.localService === true);
  const same = here.filter((voice) => voice.lang.replace("_", "-").toLowerCase() === lang.toLowerCase());
  const names = CALLED[first(lang)] ?? [first(lang)];
  const near = names.flatMap((name) => here.filter((voice) => first(voice.lang) === name));
  return same.find((voice) => voice.default) ?? same[0] ?? near[0];
}

/** Norwegian, of either kind. */
export const isNorwegian = (lang) => CALLED.nb.includes(first(lang));

/** Where the sentences of `text` begin and end: [[from, to]]. What holds neither letter nor number is no sentence. */
export function sentences(text, lang, Segmenter = Intl.Segmenter) {
  const cut = Segmenter
    ? [...new Segmenter(lang, { granularity: "sentence" }).segment(text)].map(({ index, segment }) => [index, segment])
    : [...text.matchAll(ENDS)].map((match) => [match.index, match[0]]);
  return cut
    .filter(([, part]) => SOMETHING.test(part))
    .map(([at, part]) => [at + part.length - part.trimStart().length, at + part.trimEnd().length]);
}

/**
 * Everything under `root` that is to be read, in order: [{ text, lang, element, start, end }]. `start` and `end` are
 * [text node, offset], or missing for what stands in a field. `look` answers about an element: skip, block, lines (its
 * line breaks are meant), value (what stands in a field, or undefined), before (a word to say first).
 */
export function gather(root, lang, look) {
  const found = [];
  let open = null;

  const begin = (tongue, element) => {
    open ??= { text: "", lang: tongue, element, nodes: [] };
    return open;
  };
  const close = () => {
    const { text, nodes, ...rest } = open ?? { text: "", nodes: [] };
    open = null;
    for (const [from, to] of nodes.length ? sentences(text, rest.lang) : []) {
      const start = nodes.filter(({ at }) => at <= from).at(-1) ?? nodes[0];
      const end = nodes.filter(({ at }) => at < to).at(-1) ?? start;
      const within = (node, place) => [node.node, Math.max(0, place - node.at)];
      found.push({ ...rest, text: text.slice(from, to), start: within(start, from), end: within(end, to) });
    }
  };

  const walk = (node, tongue, element, lines) => {
    if (node.nodeType === TEXT) {
      const into = begin(tongue, element);
      into.nodes.push({ node, at: into.text.length });
      into.text += lines ? node.data : node.data.replaceAll(/\s/g, " ");
      return;
    }
    if (node.nodeType !== ELEMENT || look.skip(node)) return;
    const said = node.getAttribute("lang");
    // «und»: somebody's own words, nobody knows in which language. Most write in the one they read.
    const own = said === "und" ? lang : said || tongue;
    const value = look.value(node);
    if (value !== undefined) {
      close();
      const parts = sentences(value, own).map(([from, to]) => value.slice(from, to));
      found.push(...parts.map((text) => ({ text, lang: own, element: node })));
      return;
    }
    const word = look.before(node);
    if (word) {
      begin(own, element).text += `${word} `;
      return;
    }
    const block = look.block(node);
    if (block || own !== tongue) close();
    for (const child of node.childNodes) walk(child, own, block ? node : element, look.lines(node));
    if (block || own !== tongue) close();
  };

  walk(root, lang, root, false);
  close();
  return found;
}
