import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectionDeclaration } from '../../connectors/connection-declaration.ts';
import { systems } from '../../connectors/systems.ts';
import { operationIds, operations } from '../../declarations/operations.ts';
import { methodOf } from '../../declarations/offer.ts';
import { environmentVariable } from '../../declarations/environment-variable.ts';
import { plainName } from '../../declarations/field-of-system.ts';
import { asks, conditionsOf, type Field, isSecret, type NodeDeclaration } from '../../declarations/node-declaration.ts';
import { connectionType } from '../../declarations/shared-fields.ts';
import type { SystemDeclaration } from '../../declarations/system.ts';
import { inEnglish } from '../../model/failure-words.ts';
import { readPalette } from '../build/palette.ts';
import { markdownTable } from './markdown-table.ts';

const code = (text: string) => `\`${text}\``;

/** Those that another has not succeeded. */
async function currentNodes(root: string, of: readonly SystemDeclaration[] = systems): Promise<NodeDeclaration[]> {
  return (await readPalette(root))
    .map(({ declaration }) => (declaration.type === connectionType ? connectionDeclaration(of) : declaration))
    .filter(({ succeededBy }) => succeededBy === undefined);
}

/** Every palette node with its ports and what its help says it does. */
export async function nodeTable(root: string): Promise<string> {
  const rows = (await currentNodes(root)).map((node) => {
    const words = JSON.parse(readFileSync(join(root, 'locales/en-US', `${node.type}.json`), 'utf8')) as { node: { label: string } };
    const [does = ''] = readFileSync(join(root, 'locales/en-US', `${node.type}.md`), 'utf8').split('\n');
    return [code(node.type), words.node.label, node.config ? 'configuration' : `${node.inputs} in, ${node.outputs} out`, does];
  });
  return markdownTable(['type', 'label', 'ports', 'does'], rows);
}

/** Which system does what, and by which node. */
export async function operationTable(root: string, of: readonly SystemDeclaration[] = systems): Promise<string> {
  const palette = await currentNodes(root, of);
  const rows = operationIds.map((id) => {
    const { shape, words, input = '', answers, result = '' } = operations[id];
    const nodes = palette.filter((node) => asks(node, id)).map(({ type }) => type);
    const cells = of.map(({ does, cannot }) => {
      const why = cannot?.[id];
      return does.includes(id) ? 'yes' : why ? inEnglish(why) : '';
    });
    return [code(id), inEnglish(words), shape, nodes.map(code).join(', '), input, answers, result && code(`msg.${result}`), ...cells];
  });
  return markdownTable(
    ['operation', 'can …', 'shape', 'node', 'contract of what comes in', 'answers', 'result', ...of.map(({ title }) => title)],
    rows,
  );
}

/** What callers can ask for by the switch of a node. */
export async function offerTable(root: string): Promise<string> {
  const rows = (await currentNodes(root)).flatMap(({ type, offers = [], fields }) => {
    const field = fields.find(({ kind }) => kind === 'api-name');
    const name = field && 'default' in field ? String(field.default) : '';
    return offers.map((offer) => {
      const { answers, told = answers, input = '', words } = operations[offer.operation];
      const asked = offer.asks?.map(({ name: parameter, required }) => code(`${parameter}${required ? '' : '?'}`)).join(', ');
      const when = offer.when ? `, ${offer.when.field} is ${offer.when.is.join(' or ')}` : '';
      const takes = offer.takes === 'part-of-account' ? '`account`, of which only `code` has to be said' : code(offer.takes ?? input);
      return [`${code(type)}${when}`, inEnglish(words), code(`${methodOf(offer)} /business/v1/${name}`), asked ?? takes, told];
    });
  });
  return markdownTable(['node', 'can …', 'called, if nothing else is said, by', 'takes', 'answers'], rows);
}

/** The settings of every palette node. */
export async function settingTables(root: string, of: readonly SystemDeclaration[] = systems): Promise<string> {
  return (await currentNodes(root, of))
    .map(({ type, fields }) => {
      const rows = fields
        .filter(({ kind }) => kind !== 'hidden')
        .map((field) => [code(field.name), kindOf(field, of), defaultOf(field), conditionOf(field)]);
      return `### ${type}\n\n${markdownTable(['setting', 'kind', 'default', 'shown when'], rows)}`;
    })
    .join('\n\n');
}

/** The environment variables that a node reads for its empty fields, by the prefix that the template flows use. */
export async function environmentTable(root: string, given: readonly SystemDeclaration[] = systems): Promise<string> {
  const own: Record<string, string> = { 'business-event-in': 'TIME_EVENTS', 'run-approval-in': 'APPROVALS' };
  const prefixOf = (type: string, { of }: Field) => (of ? given.find(({ name }) => name === of.system)?.prefix : own[type]) ?? '';
  const rows = (await currentNodes(root, given)).flatMap((node) =>
    node.fields
      .filter((field) => plainName(field) !== 'environment' && prefixOf(node.type, field) && canBeEmpty(field))
      // a connection reads all of its fields, another node its secrets
      .filter((field) => node.config || isSecret(field))
      .map((field) => [
        code(environmentVariable(prefixOf(node.type, field), plainName(field))),
        `${code(node.type)} · ${field.name}`,
        isSecret(field) ? 'secret' : 'text',
        conditionOf(field),
      ]),
  );
  return markdownTable(['variable', 'stands in for', 'kind', 'used when'], rows);
}

/** A field whose form starts with a value never falls back to the environment: what the form has wins. */
function canBeEmpty(field: Field): boolean {
  return field.kind === 'secret' || field.kind === 'multiline-secret' || (field.kind === 'text' && !field.default);
}

function kindOf(field: Field, of: readonly SystemDeclaration[]): string {
  if (field.kind === 'select') return field.options.map(code).join(', ');
  if (field.kind === 'config') {
    const able = of.filter(({ does }) => field.can?.some((id) => does.includes(id))).map(({ title }) => title);
    return `a ${code(field.type)}${able.length > 0 ? ` to ${able.join(' or ')}` : ''}${field.required ? '' : ', optional'}`;
  }
  if (field.kind === 'number') {
    const range = `${field.min} to ${field.max}`;
    return `${field.integer ? 'whole number' : 'number'}, ${range}`;
  }
  return `${isSecret(field) ? 'secret, kept encrypted' : field.kind}${field.required ? '' : ', optional'}`;
}

function defaultOf(field: Field): string {
  if (field.kind === 'typed') return code(`${field.default.type}.${field.default.value}`);
  const value = 'default' in field ? field.default : undefined;
  return value === undefined || value === '' ? '' : code(String(value));
}

function conditionOf(field: Field): string {
  return conditionsOf(field)
    .map(({ field: other, is }) => `${other} is ${is.join(' or ')}`)
    .join('; ');
}
