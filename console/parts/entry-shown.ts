import { html, type TemplateResult } from 'lit';
import { ownershipTable } from '../../model/ownership-table.ts';
import type { CrosswalkRow } from '../answers.ts';
import { icon } from './icons.ts';
import { outside } from './outside.ts';

type Named = Pick<CrosswalkRow, 'table' | 'from' | 'value' | 'to' | 'target'>;

/** What an entry says, but for its days: which value is which, or which system owns which field and tells it whom. */
export function entryShown({ table, from, value, to, target }: Named): TemplateResult {
  if (table === ownershipTable)
    return html`<span class="quiet">${outside(from)}:</span> <b>${outside(value)}</b> – <b>${outside(target)}</b> ${icon('open')}
      <span class="quiet">${outside(to)}</span>`;
  return html`<span class="quiet">${outside(table)}: ${outside(from)}</span> <b>${outside(value)}</b> ${icon('open')}
    <span class="quiet">${outside(to)}</span> <b>${outside(target)}</b>`;
}
