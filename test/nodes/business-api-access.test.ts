import should from 'should';
import declaration from '../../nodes/business/api-access/declaration.ts';
import type { ApiAccess } from '../../runtime/business-api/api-access.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

const accessOf = (at: NodeAtWork) => (at.node as unknown as { access?: ApiAccess }).access;

nodeContract(
  declaration,
  {
    fields: { apiKeys: true },
    async behaves(at) {
      const { ways, rate, atOnce } = accessOf(at)!;
      return { ways, perMinute: rate.perMinute, atOnce };
    },
  },
  (at) => {
    it('lets nobody in where nothing is chosen, and says so', async () => {
      await at.deploy({ apiKeys: false });
      should(accessOf(at)).equal(undefined);
      at.red
        .said(at.id)
        .join(' ')
        .should.match(/Nothing is chosen by which callers could prove who they are/);
    });

    for (const [what, fields, says] of [
      ['a key that is none', { tokens: 'public-key', publicKey: 'ssh-rsa AAAA' }, /public key cannot be read/],
      [
        'a private key',
        { tokens: 'public-key', publicKey: '-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----' },
        /public key cannot be read/,
      ],
      ['keys that come unencrypted', { tokens: 'jwks', jwksUrl: 'http://login.example.com/keys' }, /http:\/\/login\.example\.com/],
      ['keys from no address', { tokens: 'jwks', jwksUrl: 'login' }, /login/],
    ] as const) {
      it(`takes no tokens by ${what}`, async () => {
        await at.deploy({ issuer: 'https://login.example.com/', audience: 'api://psa', ...fields });
        should(accessOf(at)).equal(undefined);
        at.red.said(at.id).join(' ').should.match(says);
      });
    }
  },
);
