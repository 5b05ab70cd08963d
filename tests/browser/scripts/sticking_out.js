() => {
  const root = document.scrollingElement;
  const width = root.clientWidth;
  // Right-to-left pages overflow to the left, where scrollWidth says it too.
  if (root.scrollWidth <= width + 1) return [];
  const out = [...document.body.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && !e.closest('.ds-sr-only, .hopp');
  });
  const worst = out.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className} «${(e.innerText || '').slice(0, 30)}»`);
  return [`${root.scrollWidth} px wide in ${width}: ${worst.join(' | ')}`];
}
