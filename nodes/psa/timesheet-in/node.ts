import { type PsaConnector, pollingSource, startFrom } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const since = startFrom(base);
  return (cursor, signal) => base.connector<PsaConnector>().pollApprovedTime(cursor, since(cursor), signal);
});
