import should from 'should';
import declaration from '../../nodes/erp/assignment/declaration.ts';
import { bookedAssignment, keptBookings, loadBookedFirm } from './booked-firm.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(
  declaration,
  {
    firm: loadBookedFirm,
    takes: () => ({ payload: bookedAssignment() }),
    refuses: [
      {
        what: 'what is no assignment',
        message: { payload: { id: 'kantata:1' } },
        field: 'source',
        says: /source/,
      },
      {
        what: 'an assignment of no time',
        message: { payload: bookedAssignment({ id: 'kantata:690', minutes: 0 }) },
        field: 'minutes',
        says: /books no time at all/,
        german: /bucht gar keine Zeit/,
      },
      {
        what: 'an assignment that ends before it starts',
        message: { payload: bookedAssignment({ id: 'kantata:691', end: '2026-12-01' }) },
        field: 'end',
        says: /ends on 2026-12-01, before it starts/,
        german: /endet am 2026-12-01, vor ihrem Beginn/,
      },
      {
        what: 'a person whom the ERP does not know',
        message: { payload: bookedAssignment({ id: 'kantata:692', resource: { id: '399', email: 'nobody@firm.example' } }) },
        field: 'resource.email',
        says: /no employee/,
      },
    ],
  },
  (at) => {
    it('keeps the booking, changes it, and marks it as released, in one record', async () => {
      const states: unknown[] = [];
      for (const change of [
        {},
        { minutes: 600, status: 'changed', sourceUpdatedAt: '2026-11-02T10:00:00.000Z' },
        { status: 'released', sourceUpdatedAt: '2026-11-03T10:00:00.000Z' },
      ] as const) {
        await at.deploy();
        at.receive({ payload: bookedAssignment({ id: 'kantata:699', ...change }), erp: { kept: true } });
        const [run] = await at.red.ended();
        should(run!.failure).equal(undefined);
        states.push((at.out(1)[0]!.erp as { assignment: { status: string } }).assignment.status);
        should((at.out(1)[0]!.erp as { kept: boolean }).kept).equal(true);
        await at.red.unload();
      }
      states.should.deepEqual(['booked', 'booked', 'released']);
      const kept = keptBookings(at.sandbox).filter(({ externalId }) => externalId === 'kantata___699');
      kept.should.have.length(1);
      should(kept[0]).containEql({ custrecord_psc_minutes: 600, custrecord_psc_state: 'released' });
    });
  },
);
