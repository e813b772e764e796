import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paletteCategory } from '../../declarations/area.ts';
import { root } from './children.ts';

type FlowNode = Record<string, unknown> & { id: string; type: string };

/** What the business day alone needs. */
export const dayTemplates = ['opportunity-to-project.json', 'approved-time-to-erp.json'];

/** Template flows in the order of their tabs: those of the day, and what the month after it needs besides. */
export const templates = [
  ...dayTemplates,
  'contract-amendment.json',
  'assignment-to-erp-and-crm.json',
  'approved-expenses-to-erp.json',
  'invoice-status-to-crm-and-psa.json',
];

export interface UserDirOptions {
  /** read what happened since this day too, not only what is new: the sandbox's past is part of the demonstration */
  since?: string;
  /** seconds between polls */
  intervalSeconds?: number;
  batchSeconds?: number;
}

/** A Node-RED user directory with the template flows, made only where there is none: what is there already is the user's. */
export function prepareUserDir(userDir: string, options: UserDirOptions): void {
  mkdirSync(userDir, { recursive: true, mode: 0o700 });
  write(join(userDir, 'settings.js'), () => settings());
  write(join(userDir, 'package.json'), () => JSON.stringify({ name: 'ps-connect-demo', private: true }));
  write(join(userDir, 'flows.json'), () => JSON.stringify(templateFlows(options, templates), null, 2));
}

/** Template flows as one flow file; configuration nodes that several use stand in it once. */
export function templateFlows(options: UserDirOptions, files: readonly string[] = dayTemplates): FlowNode[] {
  const nodes = new Map<string, FlowNode>();
  for (const file of files) {
    for (const node of JSON.parse(readFileSync(join(root, 'flows', file), 'utf8')) as FlowNode[]) nodes.set(node.id, { ...node });
  }
  for (const node of nodes.values()) {
    if ('since' in node && options.since) node['since'] = options.since;
    if ('intervalSeconds' in node && options.intervalSeconds) node['intervalSeconds'] = options.intervalSeconds;
    if ('batchSeconds' in node && options.batchSeconds !== undefined) node['batchSeconds'] = options.batchSeconds;
  }
  return [...nodes.values()];
}

/** What the product is about comes first in the palette. */
export const paletteCategories = (['crm', 'erp', 'psa', 'business', 'runs', 'data'] as const).map(paletteCategory);

/** This machine only, no telemetry; the pack is loaded from the working tree. */
function settings(): string {
  return `module.exports = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: '${randomBytes(24).toString('hex')}',
  nodesDir: [${JSON.stringify(root.replace(/[\\/]$/, ''))}],
  telemetry: { enabled: false, updateNotification: false },
  paletteCategories: ${JSON.stringify(paletteCategories)},
  editorTheme: { tours: false, projects: { enabled: false } },
  logging: { console: { level: 'info', metrics: false, audit: false } },
};
`;
}

function write(file: string, text: () => string): void {
  if (!existsSync(file)) writeFileSync(file, text());
}
