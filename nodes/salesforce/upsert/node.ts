import { typedConfig } from '../../../declarations/typed-config.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { sobject: type, externalIdField } = typedConfig(declaration, base.config);
  const read = messageValue(base, 'records');
  return async (message, { effects, signal }) => {
    const value = await read(message);
    const records = (Array.isArray(value) ? value : [value]) as JsonObject[];
    if (records.length === 0 || records.some((record) => !record || typeof record !== 'object')) {
      throw wrongInput('records', value, inWords('INPUT_WRONG.records'));
    }
    const request = { type, externalIdField, records };
    const crm = base.operation('record.upsert');
    const results = await crm.run(request, { effects: effects(crm.system), signal });
    const refused = results.find((result) => result.failure);
    if (refused?.failure) throw refused.failure;
    return withResult(message, 'record.upsert', results);
  };
});
