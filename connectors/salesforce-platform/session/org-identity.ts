import { phrase } from '../../../model/failure-words.ts';
import { textIn, unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { readRecords } from '../query/query.ts';
import { longId } from '../wire/record-id.ts';
import type { SalesforceRest } from '../wire.ts';

/** Of which org a connection is, and as which user. Not each sign-in says the org: then the org is asked, once. */
export class OrgIdentity {
  private readonly rest: SalesforceRest;
  private askedOrgId: string | undefined;

  constructor(rest: SalesforceRest) {
    this.rest = rest;
  }

  async known(signal: AbortSignal): Promise<{ orgId: string; userId?: string }> {
    const { orgId, userId } = await this.rest.signedIn(signal);
    return { orgId: orgId ?? (await this.ownOrgId(signal)), ...(userId ? { userId } : {}) };
  }

  private async ownOrgId(signal: AbortSignal): Promise<string> {
    const [org] = this.askedOrgId ? [] : await readRecords(this.rest, 'SELECT Id FROM Organization', signal);
    this.askedOrgId ??= longId(textIn(org?.['Id']) ?? '');
    if (this.askedOrgId) return this.askedOrgId;
    throw unexpected(askedFor.organization, phrase('ANSWER_SHAPE.one-with-id'), org);
  }
}
