/** Runs in the page: visible texts below `selector`, shadow trees included, that are wider than what they stand in, and neither wrap nor are cut on purpose. */
export function beyondTheirBox(selector: string): string[] {
  const found: string[] = [];
  const look = (element: Element): void => {
    if (['SCRIPT', 'STYLE', 'INPUT', 'TEXTAREA', 'SELECT', 'OPTION', 'PRE', 'CODE', 'svg', 'I'].includes(element.tagName)) return;
    if (element instanceof HTMLElement && !element.checkVisibility()) return;
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (element instanceof HTMLElement && own.length > 0) {
      const { overflowX, textOverflow, display } = getComputedStyle(element);
      const isCut = textOverflow === 'ellipsis' || overflowX === 'auto' || overflowX === 'scroll';
      const text = own.map((node) => node.textContent?.trim()).join(' ');
      if (!isCut && display !== 'inline' && element.scrollWidth > element.clientWidth + 2) found.push(`${element.tagName} ${text}`);
      // what it stands in may be narrower than it
      const range = document.createRange();
      range.selectNodeContents(element);
      const right = Math.max(...[...range.getClientRects()].map((box) => box.right));
      const around = element.closest('.form-row, td, th, li, article, button, section') ?? element.parentElement;
      const edge = around?.getBoundingClientRect();
      if (!isCut && edge && edge.width > 0 && right > edge.right + 2 && getComputedStyle(around!).overflowX === 'visible')
        found.push(`beyond ${around!.tagName}: ${text}`);
    }
    for (const child of [...(element.shadowRoot?.children ?? []), ...element.children]) look(child);
  };
  document.querySelectorAll(selector).forEach(look);
  return [...new Set(found)];
}
