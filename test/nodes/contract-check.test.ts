import should from 'should';
import declaration from '../../nodes/data/contract-check/declaration.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { nodeContract } from './node-contract.ts';

const withoutPhase = () => ({ ...sampleEngagement(), phases: [] });

nodeContract(
  declaration,
  {
    firm: () => undefined,
    takes: () => ({ payload: sampleEngagement() }),
    async behaves(at) {
      at.receive();
      at.receive({ payload: withoutPhase() });
      await at.red.ended(2);
      return [at.out(1).map(({ payload }) => payload), at.out(2).map(({ issues }) => issues)];
    },
  },
  (at) => {
    it('sends what breaks the contract to the second output, with everything that is wrong', async () => {
      await at.deploy();
      at.receive({ payload: { ...sampleEngagement(), name: '', currency: 'euro' } });
      await at.red.ended();
      at.out(1).should.be.empty();
      const [invalid] = at.out(2);
      invalid!.issues!.map(({ field }) => field).should.containDeep(['name', 'currency']);
      should(invalid!.psConnect!.failure).match({ class: 'contract.invalid', node: at.id });
      invalid!.issues!.forEach(({ message, remedy }) => [message, remedy].forEach((words) => words.should.be.ok()));
    });

    it('checks the limits of the systems that it is told of, too', async () => {
      const long = { ...sampleEngagement(), name: 'Rollout '.repeat(12).trim() };
      await at.deploy({ erp: '', psa: '' });
      at.receive({ payload: long });
      await at.red.ended();
      at.out(1).should.have.length(1);
      await at.red.unload();
      await at.deploy();
      at.receive({ payload: long });
      await at.red.ended();
      at.out(1).should.be.empty();
      at.out(2)[0]!
        .issues!.map(({ message }) => message)
        .join()
        .should.match(/NetSuite|Kantata/);
    });

    it('names agreed rates that are not those of the card in the message, and a card that is none', async () => {
      const engagement = sampleEngagement();
      const lines = engagement.rateCard.map((one) => ({ ...one, validFrom: '2020-01-01' }));
      const card = { code: 'STANDARD', currency: engagement.currency, lines };
      const other = { ...card, lines: lines.map((one) => ({ ...one, rate: { ...one.rate, amount: '1' } })) };
      await at.deploy({ rateCard: 'card', rateCardType: 'jsonata' });
      for (const given of [card, other, undefined]) at.receive({ payload: engagement, card: given });
      await at.red.ended(3);
      at.out(1).should.have.length(1);
      const told = at.out(2).map(({ issues }) => issues!.map(({ code }) => code));
      told.map(([first]) => first).should.eql(['RATE_OFF_CARD', 'SCHEMA_TYPE']);
      told[0]!.should.have.length(lines.length);
    });
  },
);
