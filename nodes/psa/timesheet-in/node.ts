import { type PsaConnector, pollingSource, startFrom } from '../../../runtime/core.ts';

export default pollingSource('psa-timesheet-in', (base) => {
  const since = startFrom(base);
  return (cursor, signal) => base.connector<PsaConnector>().pollApprovedTime(cursor, since(cursor), signal);
});
