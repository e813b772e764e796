import { typedConfig } from '../../../declarations/typed-config.ts';
import { allowedParts } from '../../../model/invoice-parts.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { invoiceFrom } from '../../../runtime/invoice-message.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const fields = allowedParts(typedConfig(declaration, base.config).fields);
  const read = invoiceFrom(base);
  return async (message, { effects, signal }) => {
    const psa = base.operation('psa-invoice-status.write');
    const invoiceStatus = await psa.run({ ...(await read(message)), fields }, { effects: effects(psa.system), signal });
    return withResult(message, 'psa-invoice-status.write', invoiceStatus);
  };
});
