import should from 'should';
import { systems } from '../../connectors/systems.ts';
import { plainName } from '../../declarations/field-of-system.ts';
import { isCredential } from '../../declarations/node-declaration.ts';
import declaration from '../../nodes/system/connection/declaration.ts';
import { connectorAt, keepsItsSecrets, refusedSignIn, signsIn } from './connection-facts.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(
  declaration,
  {
    fields: { system: 'salesforce' },
    firm: () => undefined,
    behaves: signsIn,
    keepDefault: ['salesforceApiVersion', 'netsuiteServiceItem'],
  },
  (at) => {
    for (const [system, secret] of [
      ['salesforce', 'privateKey'],
      ['netsuite', 'privateKey'],
      ['kantata', 'accessToken'],
    ] as const) {
      keepsItsSecrets(at, secret, `TEST_${system.toUpperCase()}`, system);
    }

    for (const { name, title, does } of systems) {
      it(`signs in to ${title}, and does what ${title} does, when that is chosen`, async () => {
        await at.deploy({ system: name });
        should(await signsIn(at)).match({ system: name, does: [...does].sort(), signedIn: true });
      });

      it(`takes nothing that was given for another system when ${title} is chosen`, async () => {
        const given = at.ownCredentials();
        const own = declaration.fields.filter(({ of }) => of?.system === name);
        const others = Object.keys(given).filter((secret) => !own.some((field) => field.name === secret));
        others.length.should.be.above(0);
        const emptied = Object.fromEntries(own.filter(isCredential).map((field) => [field.name, '']));
        process.env['OF_ALL_CLIENT_ID'] = 'of another';
        try {
          const environment = Object.fromEntries(
            declaration.fields
              .filter((field) => plainName(field) === 'environment')
              .map((field) => [field.name, field.of?.system === name ? '' : 'OF_ALL']),
          );
          await at.deploy({ system: name, ...environment }, emptied);
          (await refusedSignIn(at)).should.match(/missing|needs|has no/i);
        } finally {
          delete process.env['OF_ALL_CLIENT_ID'];
        }
      });
    }

    it('is one login and one limiter for all that use it', async () => {
      await at.deploy({ system: 'kantata' });
      connectorAt(at).should.equal(connectorAt(at));
    });

    it('says which systems there are when the chosen one is none of them', async () => {
      await at.deploy({ system: 'netsuiet' });
      (await refusedSignIn(at)).should.match(/no system "netsuiet".*salesforce, netsuite, kantata/);
    });
  },
);
