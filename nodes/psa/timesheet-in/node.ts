import { pollingSource, startFrom } from '../../../runtime/core.ts';

export default pollingSource('psa-timesheet-in', (base) => {
  const since = startFrom(base);
  return (cursor, signal) => base.connectorFor('approved-time.poll').operations['approved-time.poll'](cursor, since(cursor), signal);
});
