import type { Field, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { bindNewConnection, connectionField, connectionIssue, isAble } from './connection-list.ts';
import { expressionResults } from './expression-results.ts';
import { type FieldIssue, fieldIssue, isActive, missingSecrets, type Syntax } from './field-rules.ts';
import { bindFields } from './form-fields.ts';
import { mappingPreview } from './mapping-preview.ts';
import { offerMissing } from './missing-nodes.ts';
import { type EditorNode, RED, words } from './node-red-editor.ts';
import { bindOffer, holderOfAddress } from './offered-apis.ts';
import { namePalette } from './palette.ts';
import { formClosed, formOpened, labelOf, reader } from './open-form.ts';
import { watchStoredSecrets } from './stored-secrets.ts';
import { connectionTest } from './test-connection.ts';
import { upgradeNodes } from './upgrade.ts';

/**
 * Filled by the page of each node before it registers its type. A global of its own, because after an installation from
 * the palette the pages of the nodes can arrive before this script.
 */
const page = globalThis as { PSConnectDeclarations?: Record<string, NodeDeclaration> };
page.PSConnectDeclarations ??= {};
const declarations = page.PSConnectDeclarations;
const closers = new Map<string, (() => void)[]>();

const syntax: Syntax = {
  jsonata: (expression) => reason(RED.utils.validateTypedProperty(expression, 'jsonata', {})),
  property: (expression) => reason(RED.utils.validatePropertyExpression(expression, {})),
};

function reason(answer: true | string): string | undefined {
  return answer === true ? undefined : String(answer);
}

/** The validator of every field. Answers `true` or, as Node-RED 3 and later understand, what is wrong in words. */
function validate(node: EditorNode, name: string, value: unknown): true | string {
  const declaration = declarations[node.type];
  const field = declaration?.fields.find((candidate) => candidate.name === name);
  if (!declaration || !field) return true;
  if (field.kind === 'config') return connectionIssue(node, declaration, field, value);
  const read = reader(node, declaration);
  const found = fieldIssue(declaration, field, value, read, syntax) ?? addressIssue(node, field);
  return found ? words(`form.error.${found.key}`, { ...found.with, field: labelOf(node, field) }) : true;
}

/** Two nodes cannot be offered at one address. */
function addressIssue(node: EditorNode, { kind }: Field): FieldIssue | undefined {
  const holder = kind === 'api-name' ? holderOfAddress(node, (type) => declarations[type]) : undefined;
  return holder === undefined ? undefined : { key: 'apiTaken', with: { name: holder } };
}

/**
 * Node-RED does not validate credentials of a node whose form is closed. The field `environment`, which can stand in for
 * all of them, speaks for them.
 */
function validateSecrets(node: EditorNode, name: string, value: unknown): true | string | string[] {
  const own = validate(node, name, value);
  const declaration = declarations[node.type];
  if (own !== true || !declaration) return own;
  const field = declaration.fields.find((candidate) => candidate.name === name);
  // the environment of a system that is not chosen stands in for nothing
  if (field && !isActive(declaration, field, reader(node, declaration))) return true;
  const missing = missingSecrets(declaration, reader(node, declaration));
  return missing.length === 0 || missing.map((field) => words('form.error.required', { field: node._(`label.${field.name}`) }));
}

function prepare(node: EditorNode): void {
  const declaration = declarations[node.type];
  if (!declaration) return;
  formOpened(node);
  const closing = [() => formClosed(node), bindFields(node, declaration), expressionResults(node, declaration)];
  if (declaration.extra === 'test-connection') {
    bindNewConnection(node);
    connectionTest(node, declaration);
  }
  bindOffer(node, declaration);
  offerMissing(node, declaration, (type) => declarations[type]);
  if (declaration.extra === 'mapping-preview') closing.push(mappingPreview(node, declaration));
  closers.set(node.id, closing);
}

function close(node: EditorNode): void {
  for (const closing of closers.get(node.id)?.reverse() ?? []) closing();
  closers.delete(node.id);
}

/** Whether a connection is in the list of this field. */
function isOffered(type: string, name: string, connection: EditorNode): boolean {
  const field = connectionField(declarations[type], name);
  return !field || isAble(field, connection);
}

/** What the generated pages of the nodes call. */
const PSConnect = { validate, validateSecrets, isAble: isOffered, prepare, close };

Object.assign(globalThis, { PSConnect });
upgradeNodes();
watchStoredSecrets((type) => declarations[type]);
namePalette(
  (type) => declarations[type],
  () => Object.keys(declarations),
);
