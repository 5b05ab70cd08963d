([main, least]) => {
  const seen = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && !e.closest('.ds-sr-only, .hopp');
  const word = (e) => `${e.tagName.toLowerCase()} «${(e.innerText || e.value || e.id).trim().slice(0, 40)}»`;
  const out = [];
  for (const e of document.querySelectorAll('.ds-button, nav.nav a, label.valg, .fjes label, .sprak-knapp, summary')) {
    const box = e.getBoundingClientRect();
    if (seen(e) && (box.height < main - 0.5 || box.width < main - 0.5))
      out.push(`${word(e)} is ${Math.round(box.width)} × ${Math.round(box.height)}, wanted ${main}`);
  }
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')) {
    if (!seen(e)) continue;
    const own = e.closest('label') ?? (e.labels?.length ? e.labels[0] : null);
    const boxes = [e.getBoundingClientRect(), ...(own ? [own.getBoundingClientRect()] : [])];
    const inText = e.tagName === 'A' && getComputedStyle(e).display === 'inline';
    if (!inText && !boxes.some((b) => b.height >= least - 0.5 && b.width >= least - 0.5))
      out.push(`${word(e)} is ${Math.round(boxes[0].width)} × ${Math.round(boxes[0].height)}, wanted ${least}`);
  }
  return out;
}
