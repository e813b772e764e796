import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../model/json.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import type { ClientState } from './account-of.ts';

/** One state of a client. Its stamp orders the states; the content tells two of one second apart. */
export function accountEvent({ account, at }: ClientState): SourceEvent {
  const code = String(account['code']);
  const record = `netsuite:${code}`;
  const mark = createHash('sha256').update(canonicalJson(account)).digest('hex').slice(0, 16);
  return {
    id: [record, at, mark].join(':'),
    source: '/netsuite/customer',
    type: 'com.psconnect.account.changed',
    subject: code,
    time: at,
    key: code,
    version: { record, at, content: mark },
    data: account,
  };
}
