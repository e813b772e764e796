import type { NodeAPI } from 'node-red';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { callLimitFields } from '../../declarations/shared-fields.ts';
import { type PackNode, paletteNode } from '../pack-node.ts';
import { ApiAccess } from './api-access.ts';
import { apiAddress, type ApiForm, apiRules } from './api-settings.ts';
import { BusinessApi } from './business-api.ts';

/** What anybody may call is limited all the same. */
const openLimits = { callsPerMinute: callLimitFields[0].default, callsAtOnce: callLimitFields[1].default };

/** A node at which callers of a business API come in. `formOf` reads its configuration as its declaration says. */
export function businessApi(declaration: NodeDeclaration, formOf: (config: PackNode['config']) => ApiForm): (RED: NodeAPI) => void {
  return paletteNode(declaration, (base) => {
    const { node, pack, id } = base;
    const form = formOf(base.config);
    const address = apiAddress(form);
    const open = new ApiAccess(undefined, openLimits, pack.businessApis.keys, pack.clock);
    const api = new BusinessApi(base, address, rulesOf(base, form, address), form.maxKilobytes * 1024, () =>
      form.callers === 'anyone' ? open : chosenAccess(base),
    );
    pack.engine.register(api.entry);
    api.listening.look();
    node.on('close', (removed: boolean, closed: () => void) => {
      api.listening.end(removed);
      base.stopping.abort();
      base.closing.abort();
      pack.businessApis.release(api);
      pack.engine.unregister(id);
      void pack.departure.after(Promise.resolve()).then(closed);
    });
  });
}

function rulesOf(base: PackNode, form: ApiForm, address: ReturnType<typeof apiAddress>) {
  try {
    return apiRules(base, form, address);
  } catch (error) {
    return Failure.from(error);
  }
}

/** Looked for at each call: it may be deployed after the nodes that use it. */
function chosenAccess(base: PackNode): ApiAccess {
  const { RED, config } = base;
  const id = config['access'];
  const chosen = typeof id === 'string' && id !== '' ? (RED.nodes.getNode(id) as unknown as { access?: ApiAccess } | null) : null;
  if (!chosen)
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('CONNECTION_MISSING', { label: base.words('label.access') }),
      field: 'access',
    });
  if (!chosen.access) throw new Failure({ class: 'contract.invalid', ...inWords('API_ACCESS.not-set-up'), field: 'access' });
  return chosen.access;
}
