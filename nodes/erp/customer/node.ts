import { typedConfig } from '../../../declarations/typed-config.ts';
import { projectsOf } from '../../../model/engagement-parts.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { CustomerRequest } from '../../../model/operations.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import type { Message } from '../../../runtime/message.ts';
import { carriedBy, engagementIn, messageValue, wrongInput } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { contract } = typedConfig(declaration, base.config);
  const requestOf = contract === 'account' ? ofAccount(base) : ofEngagement;
  return async (message, { effects, signal }) => {
    const request = await requestOf(message);
    const erp = base.operation('customer.ensure');
    const { customers } = await erp.run(request, { effects: effects(erp.system), signal });
    return withResult(message, 'customer.ensure', customers);
  };
});

async function ofEngagement(message: Message): Promise<CustomerRequest> {
  const engagement = engagementIn(message);
  return {
    account: engagement.account,
    entities: projectsOf(engagement).map(({ legalEntity, currency }) => ({ legalEntity, currency })),
    ...(engagement.billing.paymentTerms ? { paymentTerms: engagement.billing.paymentTerms } : {}),
  };
}

/** An account does not say who bills it: the node is told. */
function ofAccount(base: PackNode): (message: Message) => Promise<CustomerRequest> {
  const entitiesOf = messageValue(base, 'entities');
  return async (message) => {
    const { id, code, name, legalName, taxId, country, email, phone } = carriedBy(message, 'account');
    const given = await entitiesOf(message);
    const entities = (Array.isArray(given) ? given : [given]) as { legalEntity?: unknown; currency?: unknown }[];
    if (entities.length === 0 || !entities.every(isEntity)) throw wrongInput('entities', given, inWords('INPUT_WRONG.entities'));
    const known = Object.entries({ id, code, name, legalName, taxId, country, email, phone }).filter(
      ([, value]) => value !== undefined && value !== null,
    );
    return {
      account: Object.fromEntries(known) as unknown as CustomerRequest['account'],
      entities: entities.map(({ legalEntity, currency }) => ({ legalEntity, currency })),
    };
  };
}

const isEntity = (entity: { legalEntity?: unknown; currency?: unknown } | null): entity is { legalEntity: string; currency: string } =>
  typeof entity?.legalEntity === 'string' &&
  entity.legalEntity.trim() !== '' &&
  typeof entity.currency === 'string' &&
  /^[A-Z]{3}$/.test(entity.currency);
