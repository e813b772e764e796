import should from 'should';
import type { Utilization } from '../../model/types.generated.ts';
import declaration from '../../nodes/psa/utilization/declaration.ts';
import { bookedAssignment, loadBookedFirm, refusedSearches } from './booked-firm.ts';
import { nodeContract } from './node-contract.ts';

interface Used {
  complete: boolean;
  total: Omit<Utilization, 'id'> & { people: number };
  people: Utilization[];
  further: number;
  unknown: object[];
}

const time = (id: string, user_id: string, time_in_minutes: number) => ({
  ...{ id, workspace_id: '501', user_id, date_performed: '2026-12-08', time_in_minutes, billable: true, approved: true },
});

nodeContract(
  declaration,
  {
    firm: (sandbox) => {
      loadBookedFirm(sandbox);
      const { kantata } = sandbox;
      for (const row of Object.values(kantata.state.rows['account_memberships']!)) row['created_at'] = '2020-01-06T09:00:00Z';
      kantata.definition.load(kantata, { time_entries: [time('811', '301', 1200), time('812', '302', 600)] });
    },
    takes: () => ({ payload: bookedAssignment() }),
    refuses: refusedSearches,
    async behaves(at) {
      at.receive();
      await at.red.until(() => at.out(1).length === 1, 'the answer has come');
      const { utilization } = at.out(1)[0]!.psa as { utilization: Used };
      return { ...utilization, people: utilization.people.map(({ asOf: _, ...one }) => one) };
    },
  },
  (at) => {
    const used = async (fields: Record<string, unknown> = {}): Promise<Used> => {
      await at.deploy(fields);
      at.receive({ payload: bookedAssignment() });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      const { utilization } = at.out(1)[0]!.psa as { utilization: Used };
      await at.red.unload();
      return utilization;
    };

    it('tells the time of each and of all together, of those who are not listed, too', async () => {
      const all = await used();
      all.people
        .map(({ id, billablePercent }) => `${id} ${billablePercent}`)
        .should.deepEqual(['kantata:301 50.00', 'kantata:302 25.00', 'kantata:303 0.00']);
      should(all).containEql({ complete: true, further: 0, unknown: [] });
      should(all.total).containEql({ people: 3, capacityMinutes: 7200, hardMinutes: 1200, billablePercent: '25.00', hardPercent: '16.67' });
      const one = await used({ listedPeople: 1 });
      should(one).containEql({ further: 2, total: all.total });
      one.people.length.should.equal(1);
    });

    it('says that the total is not that of all where nothing can be said of somebody', async () => {
      Object.assign(at.sandbox.kantata.state.rows['time_entries']!['812']!, { billable: 'perhaps' });
      const some = await used();
      should(some).containEql({ complete: false });
      should(some.unknown[0]).containEql({ id: 'kantata:302', field: 'time_entries.billable' });
      should(some.total).containEql({ people: 2, capacityMinutes: 4800, billablePercent: '25.00' });
    });
  },
);
