import { typedConfig } from '../../../declarations/typed-config.ts';
import { allowedParts } from '../../../model/invoice-parts.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { invoiceFrom } from '../../../runtime/invoice-message.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { sobject: type, keyField, fields } = typedConfig(declaration, base.config);
  const allowed = allowedParts(fields);
  const read = invoiceFrom(base);
  return async (message, { effects, signal }) => {
    const crm = base.operation('crm-invoice-status.write');
    const status = { ...(await read(message)), type, keyField, fields: allowed };
    const invoiceStatus = await crm.run(status, { effects: effects(crm.system), signal });
    return withResult(message, 'crm-invoice-status.write', invoiceStatus);
  };
});
