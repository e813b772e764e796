/* Made from locales/de/failures by scripts/generate-types.ts: do not edit. */
import declarations from './failures/declarations.json' with { type: 'json' };
import engine from './failures/engine.json' with { type: 'json' };
import eventReceiver from './failures/event-receiver.json' with { type: 'json' };
import http from './failures/http.json' with { type: 'json' };
import kantata from './failures/kantata.json' with { type: 'json' };
import kit from './failures/kit.json' with { type: 'json' };
import model from './failures/model.json' with { type: 'json' };
import netsuite from './failures/netsuite.json' with { type: 'json' };
import nodes from './failures/nodes.json' with { type: 'json' };
import oauth2 from './failures/oauth2.json' with { type: 'json' };
import runtime from './failures/runtime.json' with { type: 'json' };
import salesforcePlatform from './failures/salesforce-platform.json' with { type: 'json' };
import salesforce from './failures/salesforce.json' with { type: 'json' };

export const failures = {
  ...declarations,
  ...engine,
  ...eventReceiver,
  ...http,
  ...kantata,
  ...kit,
  ...model,
  ...netsuite,
  ...nodes,
  ...oauth2,
  ...runtime,
  ...salesforcePlatform,
  ...salesforce,
};
