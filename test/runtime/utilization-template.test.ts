import should from 'should';
import { templateAtWork } from './template-at-work.ts';

interface Told {
  type: string;
  subject: string;
  data: { from: string; to: string; total: { people: number; billablePercent: string | null } };
}

describe('The template flow "Utilization of last week"', function () {
  this.timeout(120_000);
  const at = templateAtWork('utilization-of-last-week.json');
  const told = () =>
    Object.values((at.sandbox['event-receiver'].state as unknown as { events: Record<string, Told> }).events).filter(({ type }) =>
      type.endsWith('utilization.week'),
    );

  it('tells a week from Monday to Sunday, of all people together, once', async () => {
    await at.live.deploy(at.flow);
    at.live.receive('psc-u-monday', {});
    await at.live.until(() => told().length > 0, 'the week is told');
    const [{ subject, data }] = told() as [Told];
    subject.should.equal(data.from);
    new Date(data.from).getUTCDay().should.equal(1);
    should((Date.parse(data.to) - Date.parse(data.from)) / 86_400_000).equal(6);
    data.total.people.should.be.above(10);
    should(data.total.billablePercent).match(/^\d+\.\d\d$/);
    JSON.stringify(data).should.not.match(/@|kantata:/);
    told().length.should.equal(1);
    const { kpis } = await at.live.get<{ kpis: { name: string; value: number | null; count: number }[] }>('/kpis?days=1');
    should(kpis.find(({ name }) => name === 'utilization')).have.properties({ value: Number(data.total.billablePercent), count: 1 });
  });
});
