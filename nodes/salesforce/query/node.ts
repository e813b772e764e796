import { typedConfig } from '../../../declarations/typed-config.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { messageValue } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';
import { PartSender } from './part-sender.ts';

export default actionNode(declaration, (base) => {
  const { query, deleted, by, bulkFrom, limit, partSize, repeat, deliver } = typedConfig(declaration, base.config);
  const valuesOf = messageValue(base, 'values');
  return async (message, context) => {
    const given = await valuesOf(message);
    const values = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
    const crm = base.operation('record.query');
    const request = { query, values, deleted, by, bulkFrom, limit, partSize, repeat };
    const asking = { effects: context.effects(crm.system), signal: context.signal };
    if (deliver === 'list') {
      const { records, ...found } = await crm.run(request, asking);
      return [{ ...withResult(message, 'record.query', found), payload: records }, null];
    }
    const parts = new PartSender(base, message, context, partSize);
    try {
      const found = await crm.run(request, asking, (records) => parts.take(records));
      await parts.end();
      return [null, withResult(message, 'record.query', found)];
    } catch (error) {
      // what went wrong behind it is told already
      if (parts.isGivenUp) return undefined;
      throw error;
    }
  };
});
