import { typedConfig } from '../../../declarations/typed-config.ts';
import { startFrom } from '../../../runtime/since.ts';
import { pollingSource } from '../../../runtime/source-node.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const since = startFrom(base);
  const { deleted } = typedConfig(declaration, base.config);
  return (cursor, signal) => base.operation('approved-time.poll').run(cursor, { ...since(cursor), deleted }, signal);
});
