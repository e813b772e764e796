import type { NodeAPI } from 'node-red';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { callLimitFields } from '../../declarations/shared-fields.ts';
import { type PackNode, paletteNode } from '../pack-node.ts';
import { ApiAccess } from './api-access.ts';
import { apiAddress, type ApiForm, apiRules, rulesOf } from './api-settings.ts';
import { apiEntry, BusinessApi } from './business-api.ts';
import { chosenAccess } from './chosen-access.ts';
import { isRead } from './offered-api.ts';

/** What anybody may call is limited all the same. */
const openLimits = { callsPerMinute: callLimitFields[0].default, callsAtOnce: callLimitFields[1].default };

/** A node at which callers of a business API come in. `formOf` reads its configuration as its declaration says. */
export function businessApi(declaration: NodeDeclaration, formOf: (config: PackNode['config']) => ApiForm): (RED: NodeAPI) => void {
  return paletteNode(declaration, (base) => {
    const { node, pack, id } = base;
    const form = formOf(base.config);
    const address = apiAddress(form);
    const open = new ApiAccess(undefined, openLimits, pack.businessApis.keys, pack.clock);
    const rules = rulesOf(() => apiRules(base, form, address));
    const api = new BusinessApi(base, {
      ...{ address, rules, limit: form.maxKilobytes * 1024, entry: apiEntry(base, address, isRead(rules)) },
      findAccess: () => (form.callers === 'anyone' ? open : chosenAccess(base, base.words('label.access'))),
    });
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
