import { Failure } from '../model/failure.ts';
import type { CredentialKeeper } from '../model/kept-credential.ts';
import type { ConnectionTest } from '../model/operations.ts';
import { conditionsOf, type Field, isCredential, isSecret, type NodeDeclaration } from '../declarations/node-declaration.ts';
import {
  connectionDeclarations,
  connectionValues,
  effectiveValue,
  liveConnections,
  systemIn,
  systemNamed,
  textOf,
} from './connection-node.ts';

type Fields = Record<string, unknown>;

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
  const declaration = connectionDeclarations.get(asked.type);
  if (!declaration) return { ok: false, message: `There is no connection type "${asked.type}".` };
  const live = liveConnections.get(asked.id);
  const deployed = live?.type === asked.type ? live.deployed : undefined;
  const config = fieldsOf(declaration, asked.config ?? deployed ?? {}, (field) => !isCredential(field));
  const typed = fieldsOf(declaration, asked.credentials ?? {}, isCredential);
  const elsewhere = deployed ? changedAddress(declaration, config, deployed) : ['id'];
  const ownAddress = elsewhere.length === 0;
  const settings: Fields = ownAddress
    ? { ...config, ...fieldsOf(declaration, deployed ?? {}, isCredential), ...typed }
    : { ...config, environment: '', ...typed };
  if (!ownAddress) {
    const missing = missingFields(declaration, settings);
    if (missing.length > 0) return toBeTyped(missing, deployed ? elsewhere : undefined);
  }
  const environment = ownAddress ? process.env : {};
  const values = connectionValues(declaration, settings, environment);
  const secrets = declaration.fields.filter(isSecret).flatMap(({ name }) => values[name] ?? []);
  try {
    const connector = systemIn(asked.type, systemNamed(asked.type, settings)).connect(values, credentials);
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
        ...(failure.field ? { details: { field: failure.field } } : {}),
      },
      secrets,
    );
  }
}

/** Of what was sent, the fields that there are. */
function fieldsOf({ fields }: NodeDeclaration, given: Fields, which: (field: Field) => boolean): Fields {
  return Object.fromEntries(
    fields.flatMap((field) => (which(field) && Object.hasOwn(given, field.name) ? [[field.name, given[field.name]]] : [])),
  );
}

/** The fields by which the form leads elsewhere than the deployed node: an address, the system, where the environment is looked into. */
function changedAddress({ fields }: NodeDeclaration, form: Fields, deployed: Fields): string[] {
  if (textOf(form['environment']) !== textOf(deployed['environment'])) return ['environment'];
  return fields
    .filter(({ name, address }) => address && effectiveValue(form, name) !== effectiveValue(deployed, name))
    .map(({ name }) => name);
}

/** What is needed and was not typed; where the environment would stand in for it when deployed, it does not here. */
function missingFields({ fields }: NodeDeclaration, settings: Fields): string[] {
  const value = (name: string) => textOf(settings[name]);
  return fields
    .filter(
      (field) =>
        field.required && value(field.name) === '' && conditionsOf(field).every(({ field: other, is }) => is.includes(value(other))),
    )
    .map(({ name }) => name);
}

function toBeTyped(missing: string[], changed: string[] | undefined): ConnectionTest {
  const why = changed ? `Here ${changed.join(' and ')} is another than the deployed one.` : 'This connection is not deployed.';
  return {
    ok: false,
    message: `What is stored or in the environment goes only to the address that the connection is deployed with. ${why} Type anew for this test: ${missing.join(', ')}. Or deploy first.`,
    details: { typeAnew: missing.join(',') },
  };
}

/** A system may repeat what it was sent. */
function withoutSecrets(answer: ConnectionTest, secrets: string[]): ConnectionTest {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed())]).filter((secret) => secret.length > 3);
  const clean = (text: string) => forms.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
  const details = Object.entries(answer.details ?? {}).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]);
  return { ...answer, message: clean(answer.message), ...(answer.details ? { details: Object.fromEntries(details) } : {}) };
}
