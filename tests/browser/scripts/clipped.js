() => {
  const seen = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && !e.closest('.ds-sr-only, .hopp') &&
    getComputedStyle(e).clipPath !== 'inset(50%)'; // for the ears alone
  const word = (e) => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className} «${(e.innerText || '').trim().slice(0, 40)}»`;
  const cuts = (value) => value === 'hidden' || value === 'clip';
  const out = [];
  // Text cut off by its own box.
  for (const e of document.querySelectorAll('body *')) {
    if (!e.innerText?.trim() || !seen(e)) continue;
    const style = getComputedStyle(e);
    if ((cuts(style.overflowX) && e.scrollWidth > e.clientWidth + 1) || (cuts(style.overflowY) && e.scrollHeight > e.clientHeight + 1))
      out.push(`cut off: ${word(e)}`);
  }
  // Text that runs over the edge of what is pressed.
  const range = document.createRange();
  for (const e of document.querySelectorAll('.ds-button, nav a, label.valg, .sprak-knapp, summary, .ds-tag, .merkelapp')) {
    if (!seen(e)) continue;
    const box = e.getBoundingClientRect();
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (!seen(texts.currentNode.parentElement)) continue;
      range.selectNodeContents(texts.currentNode);
      const at = range.getBoundingClientRect();
      if (at.width && (at.left < box.left - 1 || at.right > box.right + 1 || at.bottom > box.bottom + 3 || at.top < box.top - 3))
        out.push(`runs over its edge: ${word(e)}`);
      for (const one of texts.currentNode.data.matchAll(/[\p{L}\p{M}]{2,}/gu)) {
        range.setStart(texts.currentNode, one.index);
        range.setEnd(texts.currentNode, one.index + one[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1 && !e.closest('.sti')) out.push(`a word is broken: «${one[0]}» in ${word(e)}`);
      }
    }
  }
  // The places at the thumb: one row, and no higher than the room that the page leaves for them.
  const nav = document.querySelector('.nav-bruker');
  if (nav && getComputedStyle(nav).position === 'fixed') {
    const tops = new Set([...nav.querySelectorAll('li')].map((e) => Math.round(e.getBoundingClientRect().top)));
    if (tops.size > 1) out.push(`${tops.size} rows of places: ${nav.innerText.replace(/\s+/g, ' ')}`);
    const room = parseFloat(getComputedStyle(document.body).paddingBlockEnd);
    const high = nav.getBoundingClientRect().height;
    if (high > room + 1) out.push(`the places are ${Math.round(high)} px high, the page leaves ${Math.round(room)}`);
  }
  return out;
}
