import type { FigureResult } from './figure.ts';
import type { Spread } from './spread.ts';

/** The table for people: what was measured, beside whom, and what it is held to. */
export function table(results: readonly FigureResult[]): string {
  return aligned([['figure', 'ours', 'peer', 'ratio', 'target'], ...results.map(row)]);
}

/** Rows of text in columns as wide as their widest cell. */
export function aligned(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function row({ name, unit, ours, peer, ratio, targets }: FigureResult): string[] {
  return [
    name,
    `${text(ours)} ${unit}`,
    peer ? `${text(peer)} (${peer.name})` : '–',
    ratio ? text(ratio) : '–',
    targets.map((target) => `${target.met ? 'met' : 'MISSED'}: ${target.text}`).join('; ') || '–',
  ];
}

const text = ({ median, low, high }: Spread) => `${median} [${low}–${high}]`;
