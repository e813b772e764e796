import type { FailureClass } from '../../model/failure.ts';

/** What each error class means to the person who reads it. A class without words does not compile. */
export const failureClassWords: Record<FailureClass, { means: string; todo: string }> = {
  'transient.unavailable': {
    means: 'The system is away: maintenance, a gateway error, no connection.',
    todo: 'Nothing. If it lasts, check the address in the connection and the network.',
  },
  'transient.timeout': {
    means: 'The call was sent and no answer came. A write is in doubt until it is settled.',
    todo: 'Nothing. The write is settled before anything is sent again: see in-doubt.md.',
  },
  'transient.throttled': {
    means: 'The system asks to slow down.',
    todo: 'Nothing. If it happens often, lower *Requests at once* of the connection or poll less often.',
  },
  'transient.locked': { means: 'Another process holds the record.', todo: 'Nothing.' },
  'auth.expired': {
    means: 'The session or token ended. The call was not executed; one new sign-in was already tried.',
    todo: 'Nothing, unless the run ends up parked: then check the credentials.',
  },
  'auth.denied': {
    means: 'The credentials are wrong, or the user may not do this.',
    todo: 'Correct the credentials or give the right. Waiting runs then go on by themselves.',
  },
  'contract.invalid': {
    means: 'The data, the mapping or a node’s settings do not keep a rule that we check or that the system checks on form.',
    todo: 'Correct the named field in the source record or the mapping, then replay.',
  },
  'contract.drift': {
    means: 'The system is not what the connector expects: a field, an object or an API version is missing.',
    todo: 'Restore the field or the right to see it, or change the mapping; then replay.',
  },
  'business.rejected': {
    means: 'The system understood and said no: closed period, inactive project, validation rule.',
    todo: 'Do what the remedy says in the system or in the source record, then replay.',
  },
  'conflict.duplicate': {
    means: 'Another record has this unique value.',
    todo: 'Decide which of the two is right: merge, rename, or give it our external id. Then replay.',
  },
  'conflict.stale': {
    means: 'Somebody else changed the record at the same moment.',
    todo: 'Nothing: it is read and written again.',
  },
  'mapping.missing': {
    means: 'A code has no counterpart in the other system: legal entity, employee, project, role, currency.',
    todo: 'Create the counterpart, or give it the code named in the message; then replay. Of a map: enter it in the console under *Maps*, and the run goes on by itself.',
  },
  'ownership.violation': {
    means: 'A system tries to change what another one owns.',
    todo: 'Set the value back there and change it where it is owned; or give the field to that system in the table of the ownership guard. Then replay.',
  },
  'quota.exhausted': {
    means: 'A daily quota is used up.',
    todo: 'Wait, or buy more. The run goes on when there is quota again.',
  },
  internal: {
    means: 'A node failed without saying why, a message was swallowed, or our own code has a defect.',
    todo: 'Look at the node named in the failure. If it is one of ours, report it with the run id.',
  },
};
