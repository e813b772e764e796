import 'should';
import { nameInForm } from '../../declarations/field-of-system.ts';
import { Failure } from '../../model/failure.ts';
import type { Connector } from '../../model/operations.ts';
import type { NodeAtWork } from './node-at-work.ts';

/** The connector of the connection node that is deployed. */
export const connectorAt = (at: NodeAtWork): Connector => (at.node as unknown as { connector(): Connector }).connector();

/** What is seen of a connection: it signs in, and says how many calls it may make at once. */
export async function signsIn(at: NodeAtWork): Promise<unknown> {
  const connector = connectorAt(at);
  const answer = await connector.test();
  const { inFlight: _now, ...health } = connector.health();
  return {
    system: connector.system,
    does: Object.keys(connector.operations).sort(),
    signedIn: answer.ok,
    health: Object.keys(health).sort(),
  };
}

/** Why the connection cannot sign in, as it says it. */
export async function refusedSignIn(at: NodeAtWork): Promise<string> {
  try {
    const { ok, message } = await connectorAt(at).test();
    if (!ok) return message;
  } catch (error) {
    const { message, field = '', remedy = '' } = Failure.from(error);
    return `${message} ${field} ${remedy}`;
  }
  throw new Error('it has signed in');
}

/** What all connections keep beside the contract. */
export function keepsItsSecrets(at: NodeAtWork, plain: string, prefix: string, system?: string): void {
  const inForm = (name: string) => (system ? nameInForm(system, name) : name);
  const secret = inForm(plain);
  const chosen = system ? { system } : {};
  const of = system ? ` to ${system}` : '';

  it(`signs in${of} with what the environment has, where the form is empty`, async () => {
    const variable = `${prefix}_${plain.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`;
    const value = at.ownCredentials()[secret]!;
    process.env[variable] = value.replaceAll('\n', '\\n');
    try {
      await at.deploy({ ...chosen, [inForm('environment')]: prefix }, { [secret]: '' });
      (await connectorAt(at).test()).should.containEql({ ok: true });
    } finally {
      delete process.env[variable];
    }
  });

  it(`gives no secret away when a sign-in${of} is refused`, async () => {
    await at.deploy(chosen, { [secret]: 'a wrong secret, long enough to be told' });
    for (const said of [await refusedSignIn(at), ...at.red.said(at.id)]) said.should.not.containEql('a wrong secret');
  });
}
