import { pollingSource, startFrom } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const since = startFrom(base);
  return (cursor, signal) => base.connectorFor('approved-time.poll').operations['approved-time.poll'](cursor, since(cursor), signal);
});
