import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreNodesLeftOut } from '../core-nodes-left-out.ts';
import type { FlowNode } from './flows/flow-node.ts';
import { identities } from './inputs/admin-request.ts';

/** The token by which somebody is known to the Node-RED with users. */
export const tokenOf = (identity: string): string => `token-of-${identity}`;

/** A user directory with flows and settings, which take the pack from the working copy at `root`. */
export function houseFolder(root: string, { flows, users }: { flows: FlowNode[]; users: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), 'psconnect-fuzz-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'fuzz', private: true }));
  writeFileSync(join(folder, 'flows.json'), JSON.stringify(flows));
  writeFileSync(join(folder, 'settings.js'), settings(root, users));
  return folder;
}

function settings(root: string, users: boolean): string {
  const known = Object.entries(identities).map(([identity, permissions]) => [tokenOf(identity), { username: identity, permissions }]);
  const auth = `const known = new Map(${JSON.stringify(known)});
    const adminAuth = { type: 'credentials', users: [], tokens: (token) => Promise.resolve(known.get(token) ?? null) };`;
  return `${users ? auth : ''}
    module.exports = { ${users ? 'adminAuth,' : ''} uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: 'fuzz',
      nodesDir: ${JSON.stringify([root.replace(/[\\/]$/, ''), join(root, 'test/fuzz/palette')])},
      nodesExcludes: ${JSON.stringify(coreNodesLeftOut)}, functionTimeout: 0,
      telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } } };`;
}
