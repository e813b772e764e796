import should from 'should';
import type { Availability } from '../../model/types.generated.ts';
import declaration from '../../nodes/psa/availability/declaration.ts';
import { bookedAssignment, loadBookedFirm, refusedSearches } from './booked-firm.ts';
import { nodeContract } from './node-contract.ts';

interface Found {
  people: Availability[];
  further: number;
  overbooked: { id: string; overbookedMinutes: number }[];
  unknown: object[];
}

nodeContract(
  declaration,
  {
    firm: loadBookedFirm,
    takes: () => ({ payload: bookedAssignment() }),
    refuses: refusedSearches,
    async behaves(at) {
      at.receive();
      await at.red.until(() => at.out(1).length === 1, 'the answer has come');
      return at.out(1)[0]!.psa;
    },
  },
  (at) => {
    const found = async (fields: object, payload: object): Promise<Found> => {
      await at.deploy({ ...fields });
      at.receive({ payload });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      const { availability } = at.out(1)[0]!.psa as { availability: Found };
      await at.red.unload();
      return availability;
    };
    const shown = ({ people }: Found) => people.map(({ id, freeMinutes }) => `${id} ${freeMinutes}`);

    it('tells who has time in the role, the most free first, and how many more there are', async () => {
      const all = await found({}, bookedAssignment());
      shown(all).should.deepEqual(['kantata:302 2400', 'kantata:303 2400', 'kantata:301 1200']);
      const two = await found({ mostPeople: 1, leastHours: 21 }, bookedAssignment());
      shown(two).should.deepEqual(['kantata:302 2400']);
      should(two.further).equal(1);
    });

    it('tells who is booked beyond his time, and of whom nothing can be said', async () => {
      const { kantata } = at.sandbox;
      kantata.definition.load(kantata, {
        workspace_allocations: [
          {
            id: '602',
            workspace_id: '501',
            workspace_resource_id: '701',
            start_date: '2026-12-14',
            end_date: '2026-12-14',
            minutes: 500,
            hard: true,
          },
        ],
        time_off_entries: [{ id: '1', user_id: '303', hours: 24, requested_date: '2026-12-14' }],
      });
      Object.assign(Object.values(kantata.state.rows['time_off_entries'] ?? {})[0]!, { hours: 'all day' });
      const day = await found({ unit: 'day' }, bookedAssignment({ start: '2026-12-14', end: '2026-12-14' }));
      shown(day).should.deepEqual(['kantata:302 480']);
      day.overbooked.should.deepEqual([{ id: 'kantata:301', overbookedMinutes: 20 }]);
      should(day.unknown).have.length(1);
      should(day.unknown[0]).containEql({ id: 'kantata:303', field: 'time_off_entries.hours', value: 'all day' });
    });
  },
);
