import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../model/json.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import { instantOf } from '../../salesforce-platform/query/soql.ts';
import { textIn } from '../../salesforce-platform/wire/answer-shape.ts';
import { longId } from '../../salesforce-platform/wire/record-id.ts';

/**
 * One state of an account. Its stamp has a second, in which an account may change twice: what it says is a part of the event's id. A state that says what the newest one says is no news.
 */
export function accountEvent(record: JsonObject, content: readonly string[], orgId: string): SourceEvent {
  const id = longId(String(record['Id']));
  const stamp = instantOf(String(record['SystemModstamp']));
  const said = createHash('sha256')
    .update(JSON.stringify(content.map((name) => [name, record[name] ?? null])))
    .digest('hex');
  return {
    id: `${id}:${stamp}:${said.slice(0, 16)}`,
    source: `/salesforce/${orgId}/Account`,
    type: `com.psconnect.account.${whatOf(record)}`,
    subject: textIn(record['Account_Code__c']) ?? id,
    time: stamp,
    key: id,
    version: { record: id, at: stamp, content: said },
    data: isPerson(record) ? record : clientOf(record),
  };
}

const isPerson = (record: JsonObject) => record['IsPersonAccount'] === true;

/** A firm has no first name; a record with the field would be taken for a person's, whose name not everybody may see. */
function clientOf({ FirstName: _first, LastName: _last, ...record }: JsonObject): JsonObject {
  return record;
}

/** Of two accounts that were merged, one is deleted and says into which: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm */
function whatOf(record: JsonObject): 'changed' | 'deleted' | 'merged' {
  if (record['IsDeleted'] !== true) return 'changed';
  return textIn(record['MasterRecordId']) ? 'merged' : 'deleted';
}
