import type { JsonObject } from '../../../model/json.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import { instantOf } from '../../salesforce-platform/query/soql.ts';
import { textIn } from '../../salesforce-platform/wire/answer-shape.ts';
import { longId } from '../../salesforce-platform/wire/record-id.ts';
import { stampOf } from '../../salesforce-platform/poll/modified-poll.ts';

/** `IsWon` became true when the stage last changed: later edits of a won deal are the same fact, winning it again is a new one. */
export function eventOf(record: JsonObject, orgId: string): SourceEvent {
  const id = longId(String(record['Id']));
  const stamp = stampOf(record);
  return {
    id: `${id}:${stageSince(record) ?? stamp}`,
    source: `/salesforce/${orgId}/Opportunity`,
    type: 'com.psconnect.opportunity.won',
    subject: textIn(record['Engagement_Code__c']) ?? id,
    time: stamp,
    key: id,
    version: { record: id, at: stamp },
    data: record,
  };
}

/** Since when a deal has its stage; undefined where the org does not say. */
export function stageSince(record: JsonObject): string | undefined {
  // null: created in this stage
  const since = textIn(record['LastStageChangeDate']) ?? ('LastStageChangeDate' in record ? textIn(record['CreatedDate']) : undefined);
  return since === undefined ? undefined : instantOf(since);
}
