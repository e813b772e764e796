import { nameInForm } from '../../../declarations/field-of-system.ts';
import { ask, find, typedSecret } from './admin-request.ts';
import { hostileNumbers, hostileTexts, hostileValue } from './hostile-values.ts';
import type { HttpInput } from './input.ts';
import type { Random } from './input-random.ts';
import { mutate } from './mutate.ts';

/** Settings of a form, some at their edges; the address is that of a system which nobody runs. */
export function connectionTestInput(random: Random): HttpInput {
  // with sound settings it gets as far as the address
  const sound = random.chance(60);
  // the types of the version before stand for the new one
  const former = { 'salesforce-connection': 'salesforce', 'erp-connection': 'netsuite', 'psa-connection': 'kantata' };
  const kinds = ['system-connection', 'system-connection', ...Object.keys(former)];
  const type = random.pick(sound ? kinds : [...kinds, '__proto__', 'run-policy', '']);
  const system = former[type as keyof typeof former] ?? random.pick(['salesforce', 'netsuite', 'kantata']);
  const inForm = (plain: Record<string, unknown>) =>
    type === 'system-connection'
      ? Object.fromEntries(Object.entries(plain).map(([name, value]) => [nameInForm(system, name), value]))
      : plain;
  // where what is stored must not go, and where only what is typed may go
  const stored = random.chance(50);
  const address = random.pick([
    ...Array.from({ length: 12 }, () => (stored ? '{elsewhere}' : '{typed}')),
    'http://127.0.0.1:9/',
    'http://127.attacker.example/',
    'http://[::ffff:7f00:1]:9/',
    'http://localhost:9',
    'https://127.0.0.1:9',
    'http://0:9',
    'http://2130706433:9',
    'javascript:1',
    'file:///etc/passwd',
    '',
    'http://user:pass@127.0.0.1:9/',
  ]);
  const plain = {
    baseUrl: address,
    loginUrl: address,
    accountId: '1234567_SB1',
    auth: sound ? 'tba' : random.pick(['oauth2', 'tba', 'x']),
    flow: sound ? random.pick(['client-credentials', 'username-password']) : random.pick(['jwt-bearer', 'x']),
    environment: random.pick(['SALESFORCE', 'NETSUITE', 'KANTATA', '__PROTO__', '']),
    apiVersion: sound ? '66.0' : random.pick(hostileTexts),
  };
  const edges = { concurrency: random.pick(hostileNumbers), settleAfterMs: random.pick(hostileNumbers) };
  const chosen = { system: sound ? system : random.pick(['netsuite', 'kantata', 'salesforce', '__proto__']) };
  const config = { ...chosen, ...inForm(plain) };
  const typed = inForm(
    Object.fromEntries(
      [
        'clientId',
        'clientSecret',
        'username',
        'password',
        'certificateId',
        'privateKey',
        'accessToken',
        'consumerKey',
        'consumerSecret',
        'tokenId',
        'tokenSecret',
      ].map((name) => [
        name,
        sound || random.chance(80)
          ? /Secret|password|privateKey|accessToken/.test(name)
            ? typedSecret
            : 'typed'
          : random.pick(hostileTexts),
      ]),
    ),
  );
  const value = {
    type,
    id: random.pick(['psc-salesforce', 'psc-netsuite', 'psc-kantata', 'lane0-netsuite', 'lane0-kantata', '__proto__', '']),
    config: sound ? config : random.chance(60) ? { ...config, ...inForm(edges) } : mutate(random, config),
    credentials: stored
      ? random.pick([{}, undefined, inForm({ username: 'typed' }), inForm({ password: '__PWRD__' })])
      : sound || random.chance(80)
        ? typed
        : hostileValue(random),
  };
  return ask(find('/connections/test'), { family: 'settings', identity: 'admin', value });
}
