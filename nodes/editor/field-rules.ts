import { Cron } from 'croner';
import { plainName } from '../../declarations/field-of-system.ts';
import {
  type Condition,
  conditionsOf,
  type Field,
  isCredential,
  type NodeDeclaration,
  type NumberField,
} from '../../declarations/node-declaration.ts';
import { apiPath } from '../../declarations/api-path.ts';
import { isApiName } from '../../declarations/offer.ts';
import { queryParameters } from '../../declarations/query-parameters.ts';
import { webhookPath } from '../../declarations/webhook-path.ts';
import { isCalendarDate } from '../../model/calendar-date.ts';

/** What is wrong with a field: a key of `form.error.*` in the catalogue of the plugin, and what to fill in. */
export interface FieldIssue {
  key: string;
  with: Record<string, string | number>;
}

/** The value of another field: from the open form, or from the saved node. A secret answers whether there is one. */
export type ReadField = (name: string) => unknown;

export interface Syntax {
  /** says what is wrong with a JSONata expression; Node-RED brings the parser */
  jsonata(expression: string): string | undefined;
  /** says what is wrong with a property expression such as `payload.items[0]` */
  property(expression: string): string | undefined;
}

/** A field counts while its conditions hold, and the conditions of the fields those look at. */
export function isActive(declaration: NodeDeclaration, field: Field, read: ReadField): boolean {
  return conditionsOf(field).every((condition: Condition) => {
    const other = declaration.fields.find((candidate) => candidate.name === condition.field);
    return condition.is.includes(String(read(condition.field) ?? '')) && (!other || isActive(declaration, other, read));
  });
}

/** What is wrong with the value of one field, if anything. */
export function fieldIssue(
  declaration: NodeDeclaration,
  field: Field,
  value: unknown,
  read: ReadField,
  syntax: Syntax,
): FieldIssue | undefined {
  if (!isActive(declaration, field, read)) return undefined;
  const text = value === undefined || value === null ? '' : String(value).trim();
  if (text === '') return isRequired(field, read) ? issue('required') : undefined;
  if (isEnvironmentReference(text)) return undefined;
  switch (field.kind) {
    case 'number':
      return numberIssue(text, field);
    case 'select':
      return field.options.includes(text) ? undefined : issue('option', { value: text });
    case 'date':
      return isCalendarDate(text) ? undefined : issue('date', { value: text });
    case 'cron':
      return cronIssue(text);
    case 'jsonata':
      return reasonIssue('jsonata', syntax.jsonata(text));
    case 'json':
      return jsonIssue(text);
    case 'path':
      return webhookPath(text) === undefined ? issue('path', { value: text }) : undefined;
    case 'api-path':
      return apiPath(text) === undefined ? issue('apiPath', { value: text }) : undefined;
    case 'api-name':
      return isApiName(text) ? undefined : issue('apiName', { value: text });
    case 'query':
      return queryParameters(text) === undefined ? issue('query', { value: text }) : undefined;
    case 'header':
      return isHeaderName(text) ? undefined : issue('header', { value: text });
    case 'typed':
      return typedIssue(text, String(read(`${field.name}Type`) ?? field.default.type), syntax);
    case 'text':
      return plainName(field) === 'loginUrl' || plainName(field) === 'baseUrl' ? urlIssue(text) : undefined;
    default:
      return undefined;
  }
}

/** Secrets that the chosen sign-in needs and that are nowhere: not typed, not stored, not in the environment. */
export function missingSecrets(declaration: NodeDeclaration, read: ReadField): Field[] {
  return declaration.fields.filter(
    (field) => isCredential(field) && isActive(declaration, field, read) && isRequired(field, read) && !read(field.name),
  );
}

function isRequired(field: Field, read: ReadField): boolean {
  return field.required === true && !(field.unless && String(read(field.unless) ?? '').trim() !== '');
}

/** `${NAME}`: Node-RED puts the environment variable in before the node starts. */
function isEnvironmentReference(text: string): boolean {
  return /^\$\{[^}]+\}$/.test(text);
}

function issue(key: string, values: Record<string, string | number> = {}): FieldIssue {
  return { key, with: values };
}

function reasonIssue(key: string, reason: string | undefined): FieldIssue | undefined {
  return reason === undefined ? undefined : issue(key, { reason });
}

function numberIssue(text: string, field: NumberField): FieldIssue | undefined {
  const number = Number(text);
  if (!Number.isFinite(number)) return issue('number', { value: text });
  if (field.integer && !Number.isInteger(number)) return issue('integer', { value: text });
  if (number < field.min) return issue('min', { min: field.min });
  if (number > field.max) return issue('max', { max: field.max });
  return undefined;
}

function cronIssue(text: string): FieldIssue | undefined {
  try {
    const cron = new Cron(text, { paused: true });
    return cron.nextRun() ? undefined : issue('cronNever');
  } catch (error) {
    return issue('cron', { reason: error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error) });
  }
}

function jsonIssue(text: string): FieldIssue | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return issue('json', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function typedIssue(text: string, type: string, syntax: Syntax): FieldIssue | undefined {
  if (type === 'jsonata') return reasonIssue('jsonata', syntax.jsonata(text));
  if (type === 'msg' || type === 'flow' || type === 'global') return reasonIssue('property', syntax.property(text));
  return type === 'json' ? jsonIssue(text) : undefined;
}

/** A token of RFC 9110. */
function isHeaderName(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}

/** Secrets go over these addresses: https, or http to this machine (the sandbox). */
function urlIssue(text: string): FieldIssue | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return issue('url', { value: text });
  const local = /^(localhost|127\.0\.0\.1|\[::1\]|[^.]+)$/.test(url.hostname);
  return url.protocol === 'https:' || local ? undefined : issue('https');
}
