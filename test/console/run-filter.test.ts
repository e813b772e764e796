import 'should';
import { asAsked } from '../../console/view-models/run-filter.ts';

describe('A filter of dead letters', () => {
  it('asks for the days of whoever looks, the last one among them, over a change of the clocks, too', () => {
    const { since, until } = asAsked({ since: '2026-03-29', until: '2026-03-29' }) as { since: number; until: number };
    new Date(since).toString().should.match(/Mar 29 2026 00:00:00/);
    new Date(until).toString().should.match(/Mar 30 2026 00:00:00/);
  });

  it('asks for nothing by what is empty or no day', () => {
    asAsked({ flow: '', class: 'internal', since: '2026-02-30', until: 'today' }).should.deepEqual({ class: 'internal' });
    asAsked({}).should.deepEqual({});
  });
});
