import { mapTexts } from '../model/bounded-words.ts';
import { Failure } from '../model/failure.ts';
import { inWords, phrase } from '../model/failure-words.ts';
import type { CredentialKeeper } from '../model/kept-credential.ts';
import type { ConnectionTest } from '../model/operations.ts';
import { connectionDeclaration } from '../connectors/connection-declaration.ts';
import { withDefaults } from '../declarations/declared-defaults.ts';
import { environmentFieldOf, plainName } from '../declarations/field-of-system.ts';
import { upToDate } from '../declarations/migrations/up-to-date.ts';
import { conditionsOf, type Field, isCredential, isSecret } from '../declarations/node-declaration.ts';
import { chosenFields, connectionValues, effectiveValue, systemIn, systemNamed, textOf } from './connection-values.ts';
import { liveConnections } from './live-connections.ts';

type Fields = Record<string, unknown>;

const declaration = connectionDeclaration();

/** What a form shows, deployed or not. */
export interface TestedSettings {
  /** node type */
  type: string;
  /** of the node whose stored credentials the form leaves as they are */
  id: string;
  /** absent = as deployed */
  config?: Fields;
  /** typed in the form */
  credentials?: Fields;
}

/**
 * Tries settings that need not be deployed. Credentials that are stored, or that stand in the environment, go only to where the
 * deployed node sends them: else whoever may try a connection could have them sent to an address of his own, and could have any
 * variable `<PREFIX>_<FIELD>` of this process read out to him. To another address goes what was typed for it.
 */
export async function testConnection(asked: TestedSettings, signal: AbortSignal, credentials: CredentialKeeper): Promise<ConnectionTest> {
  const given = upToDate({ type: asked.type, config: asked.config ?? {}, credentials: asked.credentials ?? {} });
  if (given.type !== declaration.type) {
    const { message, words } = inWords('CONNECTION_TEST.no-type', { type: asked.type });
    return { ok: false, message, words };
  }
  const deployed = liveConnections.get(asked.id)?.deployed;
  const form = asked.config ? withDefaults(declaration, given.config) : (deployed ?? {});
  const config = fieldsOf(form, (field) => !isCredential(field));
  const typed = fieldsOf(given.credentials, isCredential);
  const elsewhere = deployed ? changedAddress(config, deployed) : ['id'];
  const ownAddress = elsewhere.length === 0;
  const settings: Fields = ownAddress
    ? { ...config, ...fieldsOf(deployed ?? {}, isCredential), ...typed }
    : { ...config, ...withoutEnvironment, ...typed };
  if (!ownAddress) {
    const missing = missingFields(settings);
    if (missing.length > 0) return toBeTyped(missing, deployed ? elsewhere : undefined);
  }
  const environment = ownAddress ? process.env : {};
  const values = connectionValues(declaration, settings, environment);
  const secrets = chosenFields(declaration, settings)
    .filter(isSecret)
    .flatMap((field) => values[plainName(field)] ?? []);
  try {
    const connector = systemIn(systemNamed(settings)).connect(values, credentials);
    try {
      return withoutSecrets(await connector.test(signal), secrets);
    } finally {
      await connector.close();
    }
  } catch (error) {
    const failure = Failure.from(error);
    return withoutSecrets(
      {
        ok: false,
        message: [failure.message, failure.remedy].filter(Boolean).join(' '),
        ...(failure.words ? { words: failure.words } : {}),
        ...(failure.field ? { details: { field: failure.field } } : {}),
      },
      secrets,
    );
  }
}

const withoutEnvironment: Fields = Object.fromEntries(declaration.fields.map((field) => [environmentFieldOf(field), '']));

/** Of what was sent, the fields that there are. */
function fieldsOf(given: Readonly<Fields>, which: (field: Field) => boolean): Fields {
  return Object.fromEntries(
    declaration.fields.flatMap((field) => (which(field) && Object.hasOwn(given, field.name) ? [[field.name, given[field.name]]] : [])),
  );
}

/** The fields by which the form leads elsewhere than the deployed node: the system, an address, where the environment is looked into. */
function changedAddress(form: Fields, deployed: Readonly<Fields>): string[] {
  if (systemNamed(form) !== systemNamed(deployed)) return ['system'];
  const fields = chosenFields(declaration, form);
  const isChanged = (field: Field) => textOf(form[field.name]) !== textOf(deployed[field.name]);
  const prefix = fields.find((field) => plainName(field) === 'environment' && isChanged(field));
  if (prefix) return [prefix.name];
  return fields.filter((field) => field.address && effectiveValue(field, form) !== effectiveValue(field, deployed)).map(({ name }) => name);
}

/** What is needed and was not typed; where the environment would stand in for it when deployed, it does not here. */
function missingFields(settings: Fields): string[] {
  const value = (name: string) => (name === 'system' ? systemNamed(settings) : textOf(settings[name]));
  return chosenFields(declaration, settings)
    .filter(
      (field) =>
        field.required && value(field.name) === '' && conditionsOf(field).every(({ field: other, is }) => is.includes(value(other))),
    )
    .map(({ name }) => name);
}

function toBeTyped(missing: string[], changed: string[] | undefined): ConnectionTest {
  const why = changed
    ? phrase('CONNECTION_TEST.changed', { fields: { join: 'LIST_AND', parts: changed } })
    : phrase('CONNECTION_TEST.not-deployed');
  const { message, words } = inWords('CONNECTION_TEST.type-anew', { why, missing: missing.join(', ') });
  return { ok: false, message, words, details: { typeAnew: missing.join(',') } };
}

/** A system may repeat what it was sent. */
function withoutSecrets(answer: ConnectionTest, secrets: string[]): ConnectionTest {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed())]).filter((secret) => secret.length > 3);
  const clean = (text: string) => forms.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
  const details = Object.entries(answer.details ?? {}).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]);
  return {
    ...answer,
    message: clean(answer.message),
    ...(answer.details ? { details: Object.fromEntries(details) } : {}),
    ...(answer.words ? { words: mapTexts(answer.words, clean) } : {}),
  };
}
