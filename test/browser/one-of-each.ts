import type { Page } from 'playwright-core';
import { connectionDeclaration } from '../../connectors/connection-declaration.ts';
import { systems } from '../../connectors/systems.ts';
import { type ConfigField, isCredential, type NodeDeclaration } from '../../declarations/node-declaration.ts';

/** The connections of the flow, by system: each is empty. */
const connections: Record<string, string> = { salesforce: 'system-connection', netsuite: 'to-netsuite', kantata: 'to-kantata' };

/** One node of each type with its defaults, as after dragging it from the palette. */
export function oneOfEach(declarations: NodeDeclaration[]): object[] {
  return [
    { id: 'tab', type: 'tab', label: 'All nodes' },
    ...declarations.map((declaration, index) => ({
      id: declaration.type,
      type: declaration.type,
      ...defaults(declaration),
      ...(declaration.config ? {} : { z: 'tab', x: 200, y: 60 + index * 50, wires: Array.from({ length: declaration.outputs }, () => []) }),
    })),
    ...['netsuite', 'kantata'].map((system) => ({
      id: connections[system],
      type: 'system-connection',
      ...defaults(connectionDeclaration()),
      system,
    })),
  ];
}

function defaults(declaration: NodeDeclaration): Record<string, unknown> {
  return Object.fromEntries(
    declaration.fields
      .filter((field) => !isCredential(field))
      .flatMap((field) =>
        field.kind === 'typed'
          ? [
              [field.name, field.default.value],
              [`${field.name}Type`, field.default.type],
            ]
          : [[field.name, field.kind === 'config' ? connectionFor(field) : 'default' in field ? field.default : '']],
      ),
  );
}

function connectionFor({ can }: ConfigField): string {
  const able = systems.find(({ does }) => can?.some((id) => does.includes(id)));
  return able ? connections[able.name]! : '';
}

export interface EditorGlobals {
  RED: {
    nodes: {
      node(id: string): { type: string; valid: boolean; validationErrors: string[]; _def: { category: string } };
      getNodeHelp(type: string): string;
    };
    editor: { edit(node: object): void; editConfig(name: string, type: string, id: string): void };
    actions: { invoke(name: string): void };
  };
}

/** Opens the form of a node. */
export async function open(page: Page, id: string): Promise<void> {
  await page.evaluate((id) => {
    const { RED } = globalThis as unknown as EditorGlobals;
    const node = RED.nodes.node(id);
    if (node._def.category === 'config') RED.editor.editConfig('', node.type, id);
    else RED.editor.edit(node);
  }, id);
  await page.waitForSelector('.psconnect-form', { state: 'visible' });
}

export async function press(page: Page, button: 'ok' | 'cancel'): Promise<void> {
  await page.click(`#node-dialog-${button}, #node-config-dialog-${button}`);
  await page.waitForSelector('.psconnect-form', { state: 'detached' });
}
