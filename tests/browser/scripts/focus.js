() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  e.scrollIntoView({block: 'nearest'});
  const word = `${e.tagName.toLowerCase()}#${e.id} «${(e.innerText || e.value || '').trim().slice(0, 30)}»`;
  const shown = [e, e.closest('label'), e.parentElement].filter(Boolean).some((one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  });
  const box = e.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  const covered = top && !(e.contains(top) || top.contains(e) || top.closest('label')?.contains(e));
  const inside = y >= 0 && y <= innerHeight && x >= 0 && x <= innerWidth;
  return {word, shown, covered: Boolean(covered) ? `${top.tagName.toLowerCase()}.${top.className}` : '', inside};
}
