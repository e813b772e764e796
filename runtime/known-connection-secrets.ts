import { plainName } from '../declarations/field-of-system.ts';
import { isSecret, type NodeDeclaration } from '../declarations/node-declaration.ts';
import { knownSecrets } from '../model/known-secrets.ts';
import { isTellable } from '../model/secret-forms.ts';
import { chosenFields, connectionValues } from './connection-values.ts';

/**
 * Has all secrets of a node's form and environment removed from whatever is stored, logged and answered. One that cannot be told from ordinary text
 * is said: it would be found in data that has nothing to do with it.
 */
export function knowSecrets(
  declaration: NodeDeclaration,
  settings: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): () => void {
  const values = connectionValues(declaration, settings, environment);
  const secrets = chosenFields(declaration, settings).flatMap((field) => {
    const name = plainName(field);
    const secret = isSecret(field) ? values[name]?.trim() : undefined;
    return secret ? [{ name, secret }] : [];
  });
  for (const { name } of secrets.filter(({ secret }) => !isTellable(secret))) {
    warn(
      `The secret "${name}" is too short or too plain a word: should a system repeat it, it cannot be told from ordinary text and removed. Choose one of 16 signs or more.`,
    );
  }
  return knownSecrets.learnAll(secrets.map(({ secret }) => secret));
}
