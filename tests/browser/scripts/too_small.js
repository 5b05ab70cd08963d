([main, least]) => {
  const seen = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && !e.closest('.ds-sr-only, .hopp');
  const word = (e) => `${e.tagName.toLowerCase()} «${(e.innerText || e.value || e.id).trim().slice(0, 40)}»`;
  const out = [];
  const byThumb = '.ds-button, nav.nav a, label.valg, .fjes label, .sprak-knapp, summary, .lenkelinje > a, .lenkeliste > li > a, .ds-error-summary a';
  for (const e of document.querySelectorAll(byThumb)) {
    const box = e.getBoundingClientRect();
    if (seen(e) && (box.height < main - 0.5 || box.width < main - 0.5))
      out.push(`${word(e)} is ${Math.round(box.width)} × ${Math.round(box.height)}, wanted ${main}`);
  }
  // WCAG 2.5.8 excepts a link in a sentence, and not one with no word beside it but those of other links.
  const inSentence = (a) => {
    if (a.tagName !== 'A' || getComputedStyle(a).display !== 'inline') return false;
    let block = a.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const rest = block.cloneNode(true);
    for (const e of rest.querySelectorAll('a, .ds-sr-only')) e.remove();
    return /[\p{L}\p{N}]/u.test(rest.textContent);
  };
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')) {
    if (!seen(e)) continue;
    const own = e.closest('label') ?? (e.labels?.length ? e.labels[0] : null);
    const boxes = [e.getBoundingClientRect(), ...(own ? [own.getBoundingClientRect()] : [])];
    if (!inSentence(e) && !boxes.some((b) => b.height >= least - 0.5 && b.width >= least - 0.5))
      out.push(`${word(e)} is ${Math.round(boxes[0].width)} × ${Math.round(boxes[0].height)}, wanted ${least}`);
  }
  return out;
}
