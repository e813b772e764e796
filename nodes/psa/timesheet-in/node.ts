import { type PsaConnector, pollingSource, sinceInstant } from '../../../runtime/core.ts';

export default pollingSource('psa-timesheet-in', (base) => {
  const since = sinceInstant(base.config['since']);
  return (cursor, signal) => base.connector<PsaConnector>().pollApprovedTime(cursor, since, signal);
});
