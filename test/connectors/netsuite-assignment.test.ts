import should from 'should';
import type { Failure } from '../../model/failure.ts';
import type { AssignmentRecord } from '../../model/operations.ts';
import type { Assignment } from '../../model/types.generated.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { anewWithProjects, contextOf, type NetSuiteSandbox } from './netsuite-sandbox.ts';

const assignment = (change: Partial<Assignment> = {}): Assignment => ({
  id: 'kantata:701',
  source: { system: 'kantata', id: '701' },
  resource: { id: '301', email: 'ada.berg@firm.example' },
  role: 'Senior Consultant',
  project: { id: '501', code: 'ENG-0001' },
  start: '2026-12-01',
  end: '2026-12-31',
  minutes: 4800,
  booking: 'hard',
  status: 'assigned',
  version: 'v1',
  sourceUpdatedAt: '2026-11-20T10:00:00.000Z',
  ...change,
});

describe('an assignment in NetSuite', () => {
  let box: NetSuiteSandbox;
  anewWithProjects((made) => (box = made));

  const record = (change: Partial<Assignment> = {}): Promise<AssignmentRecord> =>
    box.erp.operations['assignment.record'](assignment(change), contextOf(new InMemoryEffects()));
  const failure = (change: Partial<Assignment>): Promise<Failure> =>
    record(change).then(
      () => Promise.reject(new Error('it should have failed')),
      (error) => error as Failure,
    );
  const kept = () => Object.values(box.sim.state.records['customrecord_psc_assignment'] ?? {});
  const fields = () => kept()[0]!.fields;

  it('is made once, with person, project, days and effort', async () => {
    const { id, status, overlaps } = await record();
    should({ status, overlaps }).eql({ status: 'booked', overlaps: undefined });
    should((await record()).id).equal(id);
    kept().should.have.length(1);
    should(fields()).containEql({
      custrecord_psc_role: 'Senior Consultant',
      custrecord_psc_start: '2026-12-01',
      custrecord_psc_end: '2026-12-31',
      custrecord_psc_minutes: 4800,
      custrecord_psc_booking: 'hard',
      custrecord_psc_state: 'booked',
    });
  });

  it('is changed where it is, and what is no longer said goes', async () => {
    const { id } = await record();
    const changed = await record({
      role: undefined,
      minutes: 2400,
      version: 'v2',
      sourceUpdatedAt: '2026-11-21T10:00:00.000Z',
    });
    should(changed.id).equal(id);
    should(fields()['custrecord_psc_minutes']).equal(2400);
    should(fields()['custrecord_psc_role'] ?? null).equal(null);
  });

  it('is marked as released, by id alone: the person may have left, and who was booked stays to be read', async () => {
    const { id } = await record();
    const released = { status: 'released', resource: { id: '301' }, sourceUpdatedAt: '2026-11-22T10:00:00.000Z' } as const;
    should(await record(released)).eql({ id, status: 'released' });
    should(fields()).containEql({ custrecord_psc_state: 'released', custrecord_psc_minutes: 4800 });
    should(await record(released)).eql({ id, status: 'released' });
  });

  it('makes nothing of a release of which it has no booking', async () => {
    should(await record({ status: 'released' })).eql({ status: 'nothing there' });
    kept().should.be.empty();
  });

  it('is not written over by an older state of it, whichever says what', async () => {
    await record({ status: 'changed', sourceUpdatedAt: '2026-11-22T10:00:00.000Z' });
    const older = await failure({ minutes: 60 });
    should(older).containEql({ class: 'conflict.stale', code: 'ASSIGNMENT_STALE', value: '2026-11-22T10:00:00.000Z' });
    should((await failure({ status: 'released' })).code).equal('ASSIGNMENT_STALE');
    should(fields()).containEql({ custrecord_psc_minutes: 4800, custrecord_psc_state: 'booked' });
  });

  it('tells other bookings of the person on the project on some of the same days, and leaves them', async () => {
    await record();
    await record({ id: 'kantata:702', start: '2027-01-01', end: '2027-01-31' });
    should((await record({ id: 'kantata:703', start: '2026-12-31', end: '2027-01-01' })).overlaps).eql(['kantata:701', 'kantata:702']);
    kept().should.have.length(3);
    await record({ id: 'kantata:702', status: 'released', sourceUpdatedAt: '2026-11-22T10:00:00.000Z' });
    should((await record({ id: 'kantata:703', start: '2026-12-31', end: '2027-01-01' })).overlaps).eql(['kantata:701']);
  });

  it('moves to another person when the booking does', async () => {
    await record();
    const [employee] = kept().map(({ fields: { custrecord_psc_employee: of } }) => of);
    await record({ resource: { id: '302', email: 'tom.smit@firm.example' }, version: 'v2', sourceUpdatedAt: '2026-11-21T10:00:00.000Z' });
    should(fields()['custrecord_psc_employee']).not.eql(employee);
  });

  const refused: Record<string, [Partial<Assignment>, Partial<Failure>]> = {
    'a person whom NetSuite does not know': [
      { resource: { id: '399', email: 'nobody@firm.example' } },
      { class: 'mapping.missing', code: 'EMPLOYEE_UNKNOWN', field: 'resource.email', value: 'nobody@firm.example' },
    ],
    'a person who has left': [
      { resource: { id: '303', email: 'eva.alt@firm.example' } },
      { class: 'business.rejected', code: 'ASSIGNMENT_REFUSED', field: 'resource.email', value: '303' },
    ],
    'a project that is not there yet': [
      { project: { id: '509', code: 'ENG-0999' } },
      { class: 'mapping.missing', code: 'PROJECT_UNKNOWN', field: 'project.code', value: 'ENG-0999' },
    ],
    'a project without a code': [
      { project: { id: '509' } },
      { class: 'mapping.missing', code: 'PROJECT_UNKNOWN', field: 'project.code', value: '509' },
    ],
  };
  for (const [what, [change, said]] of Object.entries(refused)) {
    it(`is not made for ${what}, which is named`, async () => {
      const told = await failure(change);
      should(told).containEql({ ...said, system: 'netsuite' });
      should(told.record).match(/kantata:701/);
      should(told.remedy).be.ok();
      kept().should.be.empty();
      await record({ id: 'kantata:704' });
      kept().should.have.length(1);
    });
  }

  it('says that the record type is not there, and what to do', async () => {
    const erp = box.another({ assignmentRecord: 'customrecord_other' });
    const told = await erp.operations['assignment.record'](assignment(), contextOf(new InMemoryEffects())).catch(
      (error) => error as Failure,
    );
    should(told).containEql({
      class: 'mapping.missing',
      code: 'ASSIGNMENT_RECORD_TYPE',
      field: 'assignmentRecord',
      value: 'customrecord_other',
    });
    await erp.close();
  });

  it('says before anything is asked that its id is too long as an external id', async () => {
    const told = await failure({ id: 'a.'.repeat(40) });
    should(told).containEql({ class: 'contract.invalid', code: 'FIELD_TOO_LONG', field: 'externalId' });
  });

  it('takes no script id that is none', () => {
    should(() => box.another({ assignmentRecord: 'job' })).throw(/assignmentRecord is "job"/);
  });
});
