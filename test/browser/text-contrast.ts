export interface TextColors {
  text: string;
  /** as the browser computes them: `rgb(…)` or `rgba(…)`, backgrounds from the text's own outward */
  color: string;
  backgrounds: string[];
}

/** Runs in the page: visible texts under the selector with their colours, shadow trees included. */
export function textColors(selector: string): TextColors[] {
  const found: TextColors[] = [];
  const outward = (element: Element): Element | null =>
    element.assignedSlot ??
    element.parentElement ??
    (element.getRootNode() instanceof ShadowRoot ? (element.getRootNode() as ShadowRoot).host : null);
  const read = (element: Element): void => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent?.trim());
    const disabled = element.closest(':disabled') !== null;
    if (text.some(Boolean) && !disabled && !['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA'].includes(element.tagName)) {
      const backgrounds: string[] = [];
      for (let at: Element | null = element; at; at = outward(at)) backgrounds.push(getComputedStyle(at).backgroundColor);
      found.push({ text: text.filter(Boolean).join(' '), color: getComputedStyle(element).color, backgrounds });
    }
    for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) read(child);
  };
  for (const element of document.querySelectorAll(selector)) read(element);
  return found;
}

type Color = [red: number, green: number, blue: number, alpha: number];

/** Contrast of a text by WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio; what shines through is laid over white. */
export function contrastRatio(color: string, backgrounds: readonly string[]): number {
  const ground = backgrounds.map(parse).reduceRight<Color>((below, above) => over(above, below), [255, 255, 255, 1]);
  const [light, dark] = [luminance(over(parse(color), ground)), luminance(ground)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

function parse(css: string): Color {
  const parts = /^(rgba?|color)\((srgb )?([^)]*)\)$/.exec(css);
  if (!parts) throw new Error(`not a colour: ${css}`);
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts[3]!.split(/[\s,/]+/).map(Number);
  const scale = parts[1] === 'color' ? 255 : 1;
  return [red * scale, green * scale, blue * scale, alpha];
}

function over([red, green, blue, alpha]: Color, below: Color): Color {
  const mix = (top: number, bottom: number) => top * alpha + bottom * (1 - alpha);
  return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1];
}

function luminance([red, green, blue]: Color): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
