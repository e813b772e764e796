const lit = 'psconnect-lit';
const badge = 'psconnect-lit-count';
const svg = 'http://www.w3.org/2000/svg';

/**
 * Lights up the nodes that hold messages of runs, with how many where it is more than one. The editor draws its nodes
 * anew when another flow is shown, without an event: what it adds to the chart is watched instead.
 */
export class CanvasLights {
  private readonly chart: Element;
  private counts: Readonly<Record<string, number>> = {};
  private waiting = false;

  constructor(chart: Element) {
    this.chart = chart;
    new MutationObserver((changes) => {
      if (Object.keys(this.counts).length > 0 && changes.some(addsNode)) this.soon();
    }).observe(chart, { childList: true, subtree: true });
  }

  show(counts: Readonly<Record<string, number>>): void {
    this.counts = counts;
    this.soon();
  }

  private soon(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.apply();
    });
  }

  private apply(): void {
    for (const node of this.chart.querySelectorAll(`.${lit}`)) if (!(node.id in this.counts)) this.clear(node);
    for (const [id, count] of Object.entries(this.counts)) {
      const node = document.getElementById(id);
      if (!node || !this.chart.contains(node)) continue; // on another flow
      node.classList.add(lit);
      this.count(node, count);
    }
  }

  private clear(node: Element): void {
    node.classList.remove(lit);
    node.querySelector(`.${badge}`)?.remove();
  }

  private count(node: Element, count: number): void {
    let mark = node.querySelector(`.${badge}`);
    if (count < 2) {
      mark?.remove();
      return;
    }
    if (!mark) {
      mark = document.createElementNS(svg, 'g');
      mark.setAttribute('class', badge);
      mark.append(document.createElementNS(svg, 'rect'), document.createElementNS(svg, 'text'));
      node.append(mark);
    }
    const text = count > 999 ? '999+' : String(count);
    const width = 10 + text.length * 7;
    const [box, label] = [mark.children[0]!, mark.children[1]!];
    if (label.textContent === text) return;
    label.textContent = text;
    for (const [name, value] of Object.entries({ width, height: 16, rx: 8 })) box.setAttribute(name, String(value));
    for (const [name, value] of Object.entries({ x: width / 2, y: 12, 'text-anchor': 'middle' })) label.setAttribute(name, String(value));
    // the status stands below, the editor's own marks at the top right
    mark.setAttribute('transform', 'translate(-4,-10)');
  }
}

function addsNode(change: MutationRecord): boolean {
  return [...change.addedNodes].some((node) => node instanceof Element && node.classList.contains('red-ui-flow-node-group'));
}

/** Belongs to the editor's page, not to a component. The glow breathes unless the reader wants no motion. */
export const lightsStyle = `
.${lit} .red-ui-flow-node { stroke: var(--red-ui-node-status-colors-blue); stroke-width: 2px; filter: drop-shadow(0 0 4px var(--red-ui-node-status-colors-blue)); animation: psconnect-glow 1.4s ease-in-out infinite alternate; }
.${badge} { pointer-events: none; }
.${badge} rect { fill: var(--red-ui-secondary-background); stroke: var(--red-ui-node-status-colors-blue); stroke-width: 1.5px; }
.${badge} text { fill: var(--red-ui-primary-text-color); stroke: none; font-size: 11px; font-weight: 600; }
@keyframes psconnect-glow { from { filter: drop-shadow(0 0 2px var(--red-ui-node-status-colors-blue)); } to { filter: drop-shadow(0 0 8px var(--red-ui-node-status-colors-blue)); } }
@media (prefers-reduced-motion: reduce) { .${lit} .red-ui-flow-node { animation: none; } }
`;
