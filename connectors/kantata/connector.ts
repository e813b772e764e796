import { Failure } from '../../model/failure.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { Json } from '../../model/json.ts';
import type { ConnectionTest, OperationContext, PsaConnector, TellUnreadable, TimeWindow } from '../../model/operations.ts';
import type { Project, StaffingDemand } from '../../model/types.generated.ts';
import { KantataApi } from './api.ts';
import { listApprovedTime, pollApprovedTime } from './approved-time.ts';
import { CodeDirectory } from './code-directory.ts';
import { type KantataConfig, kantataSettings } from './config.ts';
import { type Row, text } from './envelope.ts';
import { createProjects } from './projects.ts';
import { requestStaffing } from './staffing.ts';
import { undoRecord } from './undo-record.ts';

export type { KantataConfig } from './config.ts';

/**
 * Kantata OX (formerly Mavenlink) as the firm's PSA. API: https://developer.kantata.com/
 *
 * ```ts
 * const psa = createKantata({ accessToken });
 * await psa.test();
 * ```
 */
export function createKantata(config: KantataConfig): PsaConnector {
  const settings = kantataSettings(config);
  const forget = knownSecrets.learnAll([settings.accessToken]);
  const api = new KantataApi(settings);
  const codes = new CodeDirectory(api);
  return {
    system: 'kantata',
    role: 'psa',
    // Kantata documents no length of a title or a reference (contract, guides and gem read): nothing is refused that it might take. Its own refusal names the field
    unfit: {},
    test: (signal?: AbortSignal) => test(api, signal),
    health: () => api.health(),
    close: async () => forget(),
    createProjects: (projects: Project[], context: OperationContext) => createProjects(projects, { api, context }),
    requestStaffing: (demands: StaffingDemand[], context: OperationContext) => requestStaffing(demands, { api, context }),
    undo: (write, context) => undoRecord(api, write, context),
    pollApprovedTime: (cursor: Json | undefined, options: { since?: string; pageSize?: number }, signal: AbortSignal) =>
      pollApprovedTime(api, codes, cursor, options, signal),
    listApprovedTime: (window: TimeWindow, signal: AbortSignal, unreadable?: TellUnreadable) =>
      listApprovedTime(api, codes, window, signal, unreadable),
  };
}

async function test(api: KantataApi, signal?: AbortSignal): Promise<ConnectionTest> {
  let user: Row;
  try {
    user = await api.me(signal);
  } catch (error) {
    const failure = Failure.from(error);
    return { ok: false, message: [failure.message, failure.remedy].filter(Boolean).join(' ') };
  }
  const name = text(user, 'full_name') ?? `user ${text(user, 'id') ?? ''}`;
  const email = text(user, 'email_address');
  return {
    ok: true,
    message: `Connected to Kantata OX at ${new URL(api.settings.baseUrl).host} as ${name}${email ? ` (${email})` : ''}.`,
    details: { userId: text(user, 'id') ?? '', serviceName: api.settings.serviceName },
  };
}
