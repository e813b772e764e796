import should from 'should';
import { daysFrom } from '../../model/calendar-date.ts';
import { plan } from '../nodes/booked-firm.ts';
import { templateAtWork } from './template-at-work.ts';

type Rows = Record<string, Record<string, Record<string, unknown>>>;

describe('The template flow "Assignment to ERP and CRM"', function () {
  this.timeout(180_000);
  const at = templateAtWork('assignment-to-erp-and-crm.json');
  const rows = (of: string, collection: string) => {
    const { rows: psa, records } = (at.sandbox as unknown as Record<string, { state: { rows?: Rows; records?: Rows } }>)[of]!.state;
    return Object.values((psa ?? records ?? {})[collection] ?? {});
  };
  const kept = (id: string) => {
    const found = rows('netsuite', 'customrecord_psc_assignment').filter(({ externalId }) => externalId === id.replace(':', '___'));
    return { records: found.length, ...((found[0]?.['fields'] as object) ?? {}) } as Record<string, unknown>;
  };
  const deal = (code: string) => rows('salesforce', 'Opportunity').find((row) => row['Engagement_Code__c'] === code) ?? {};

  const field = (row: Record<string, unknown>, name: string) => String(row[name]);

  /** Bookings of the made-up firm, of projects and people that its ERP and its CRM know. */
  const bookings = () => {
    const codes = new Map(
      rows('kantata', 'external_references').map((row) => [
        `${field(row, 'subject_type')} ${field(row, 'subject_id')}`,
        field(row, 'service_model_ref'),
      ]),
    );
    const known = new Set(rows('netsuite', 'employee').map(({ fields }) => (fields as { email: string }).email));
    return rows('kantata', 'workspace_allocations').flatMap((row) => {
      const place = rows('kantata', 'workspace_resources').find(({ id }) => id === row['workspace_resource_id']);
      const user = rows('kantata', 'users').find(({ id }) => id === place?.['user_id']);
      const code = codes.get(`Workspace ${field(row, 'workspace_id')}`) ?? '';
      if (!known.has(String(user?.['email_address'])) || deal(code)['Id'] === undefined) return [];
      const days = daysFrom(field(row, 'start_date'), field(row, 'end_date'));
      return [{ id: field(row, 'id'), minutes: Number(row['minutes']), days, code, user: field(user!, 'id') }];
    });
  };
  const booking = () => bookings()[0]!;
  const change = (id: string, to: object) => plan(at.sandbox, 'PUT', `workspace_allocations/${id}`, { workspace_allocation: to });
  /** Looks and tries again sooner than the template does. */
  const sooner: Record<string, object> = { 'psa-assignment-in': { intervalSeconds: 0.5 }, 'run-policy': { firstDelaySeconds: 0.2 } };
  const flow = () => at.flow.map((one) => ({ ...one, ...sooner[one.type] }));
  const tells = (code: string, status: string, message: RegExp) =>
    at.live.until(
      async () => deal(code)['Staffing_Status__c'] === status && message.test(String(deal(code)['Staffing_Message__c'])),
      `sales is told: ${status}`,
      120,
    );

  it('keeps a booking in the ERP once and tells sales, though the ERP is away at first and an answer is lost', async () => {
    const { id, minutes, code } = booking();
    const { faults } = at.sandbox.netsuite;
    faults.add({ kind: 'status', status: 503, times: 2, match: { path: 'customrecord' } });
    faults.add({ kind: 'dropAfter', times: 1, match: { method: 'POST', path: 'customrecord_psc_assignment' } });
    await at.live.deploy(flow());
    await at.live.until(
      async () => ((await at.live.get<{ sources: { readAt?: number }[] }>('/overview')).sources[0]?.readAt ?? 0) > 0,
      'it has looked',
      60,
    );
    await change(id, { minutes: minutes - 60 });
    await tells(code, 'Staffed', /booked/);
    should(kept(`kantata:${id}`)).containEql({ records: 1, custrecord_psc_minutes: minutes - 60, custrecord_psc_state: 'booked' });
  });

  it('marks it as released when the booking is deleted, and tells sales who is free', async () => {
    const { id, code } = booking();
    await plan(at.sandbox, 'DELETE', `workspace_allocations/${id}`);
    await tells(code, 'Released', /released\. Free: /);
    should(kept(`kantata:${id}`)).containEql({ records: 1, custrecord_psc_state: 'released' });
  });

  it('tells who could step in when somebody is overbooked', async () => {
    const { id, code, days } = booking();
    // twelve hours a day, weekends too
    await change(id, { minutes: days * 720, hard: false });
    await tells(code, 'Held', /overbooked by .* h\. Free: /);
  });

  it('names what is wrong with a booking, and goes on with all others', async () => {
    const [sound, empty, ...others] = bookings().slice(1);
    const stranger = others.find(({ user }) => user !== sound!.user && user !== empty!.user);
    await plan(at.sandbox, 'PUT', `users/${stranger!.user}`, { user: { email_address: 'nobody@firm.example' } });
    await change(empty!.id, { minutes: 0 });
    await change(stranger!.id, { minutes: stranger!.minutes - 60 });
    await change(sound!.id, { minutes: sound!.minutes - 60 });
    const ended = async ({ id }: { id: string }) => {
      const { status, failure } = await at.live.ended(`kantata:${id}`, 60);
      return { status, code: failure?.code, field: failure?.field };
    };
    should(await ended(empty!)).eql({ status: 'dead', code: 'ASSIGNMENT_EFFORT', field: 'minutes' });
    should(await ended(stranger!)).eql({ status: 'dead', code: 'EMPLOYEE_UNKNOWN', field: 'resource.email' });
    should(await ended(sound!)).eql({ status: 'done', code: undefined, field: undefined });
    kept(`kantata:${stranger!.id}`)['records']!.should.equal(0);
  });
});
