import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import { connectionValues } from '../connection-values.ts';
import { knowSecrets } from '../known-connection-secrets.ts';
import { logLine } from '../log-line.ts';
import type { PackNode } from '../pack-node.ts';

const shortest = 32;

/** What a node's links are signed with: from its form or the environment. Until the node closes it is removed from all that is stored and shown. */
export function linkSecret({ config, node }: PackNode, declaration: NodeDeclaration): string {
  const settings = { ...config, ...(node.credentials as object | undefined) };
  const { secret = '' } = connectionValues(declaration, settings, process.env) as Record<string, string | undefined>;
  const prefix = String(config['environment'] ?? '').trim();
  if (!secret) throw unusable(prefix ? inWords('LINK_SECRET.missing-in-environment', { prefix }) : inWords('LINK_SECRET.missing'));
  if (secret.length < shortest) throw unusable(inWords('LINK_SECRET.short'));
  node.on(
    'close',
    knowSecrets(declaration, settings, process.env, (line) => logLine(node, 'warn', line)),
  );
  return secret;
}

const unusable = (why: FailureText) => new Failure({ class: 'auth.denied', ...why, field: 'secret' });
