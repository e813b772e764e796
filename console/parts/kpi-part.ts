import { html, nothing } from 'lit';
import type { Kpi } from '../answers.ts';
import type { DistributionPart } from '../view-models/kpi-plots.ts';
import { ConsolePart } from './console-part.ts';
import { icon } from './icons.ts';
import { outside } from './outside.ts';

export const groupings = ['flow', 'entity', 'region', 'practice'] as const;
export type Grouping = (typeof groupings)[number];

/** A piece of what is shown of one figure. */
export abstract class KpiPart extends ConsolePart {
  static override properties: Record<string, object> = { ...ConsolePart.properties, kpi: { attribute: false }, by: { attribute: false } };
  declare kpi: Kpi;
  declare by: Grouping;

  /** In the unit of the figure; what is absent is no zero. */
  protected shown(value: number | null): string {
    return value === null ? '–' : this.host.formats.figure(value, this.kpi.unit);
  }

  protected partText({ from, to }: DistributionPart): string {
    if (to === null) return `> ${this.shown(from)}`;
    return from === null ? `≤ ${this.shown(to)}` : `${this.shown(from)} – ${this.shown(to)}`;
  }

  protected mark(missed: boolean) {
    return missed
      ? html`<span class="bad toned">${icon('cross')}<span class="hidden-text">${this.words('kpi.missed')}</span></span> `
      : nothing;
  }

  protected nameOf(group: string) {
    if (group === '') return this.words('kpi.notSaid');
    return outside(this.by === 'flow' ? (this.host.flows.flowName(group) ?? group) : group);
  }
}
