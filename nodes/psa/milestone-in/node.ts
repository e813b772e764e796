import { startFrom } from '../../../runtime/since.ts';
import { pollingSource } from '../../../runtime/source-node.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const since = startFrom(base);
  return (cursor, signal) => base.operation('milestone.poll').run(cursor, since(cursor), signal);
});
