import { createHash } from 'node:crypto';
import { shorten } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { JsonObject } from '../../model/json.ts';
import { needed } from '../../model/needed-result.ts';
import type { OperationContext, QueryRequest, QueryResult, TakePart } from '../../model/operations.ts';
import type { BulkPorts } from '../salesforce-platform/bulk/bulk-job.ts';
import { abortQueryJob, openQueryJob, type QueryJob, queryJobRecords, queryJobTotal } from '../salesforce-platform/bulk/query-job.ts';
import { type BoundSoql, boundSoql } from '../salesforce-platform/query/bound-soql.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import { beginQuery, isPlainCount, queryRecords } from '../salesforce-platform/query/query.ts';
import { RecordValues } from '../salesforce-platform/query/record-values.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { AnswerDigest } from './record-query/answer-digest.ts';

export interface QueryPorts extends BulkPorts {
  descriptions: Descriptions;
}

/** How its records are read: page by page, or from a job. */
type Way = Pages | { by: 'job'; total: number; job: QueryJob };
interface Pages {
  by: 'pages';
  total: number;
  begun: JsonObject;
}

/** A job that ended badly in an earlier delivery is followed by another, so many times. */
const mostJobs = 20;
/** What says that Salesforce does not do this query as a job. */
const notAsJob = new Set(['API_ERROR', 'INVALIDENTITY', 'FEATURENOTENABLED', 'FUNCTIONALITY_NOT_ENABLED', 'LIMIT_EXCEEDED', 'INVALIDJOB']);
/** A job that is gone, or was ended by somebody, is not what its query asked for. */
const isGone = (failure: Failure) => failure.status === 404 || ['INVALIDJOBSTATE', 'INVALIDJOB', 'NOT_FOUND'].includes(failure.code);

/** One query of one run: what it has found is remembered as a number and a digest, so that a later delivery can say when it finds something else. */
export class RecordQuery {
  private readonly rest: SalesforceRest;
  private readonly request: QueryRequest;
  private readonly context: OperationContext;
  private readonly ports: QueryPorts;
  private readonly bound: BoundSoql;
  private readonly key: string;
  private readonly take: TakePart | undefined;

  /** With `take`, records are handed over in parts; without, they are in the result. */
  constructor(rest: SalesforceRest, request: QueryRequest, context: OperationContext, ports: QueryPorts, take?: TakePart) {
    this.take = take;
    this.rest = rest;
    this.request = request;
    this.context = context;
    this.ports = ports;
    this.bound = boundSoql(request.query, request.values ?? {});
    if (request.deleted && ![...this.bound.names].some((name) => /(^|\.)isdeleted$/.test(name))) throw untold(request.query);
    const asked = JSON.stringify([this.bound.soql, request.deleted ?? false]);
    this.key = `query ${this.bound.sobject} ${createHash('sha256').update(asked).digest('hex').slice(0, 16)}`;
  }

  async run(): Promise<QueryResult> {
    const { take } = this;
    const way = await this.way();
    const digest = new AnswerDigest();
    const records: JsonObject[] = [];
    let deleted = 0;
    let part: JsonObject[] = [];
    try {
      for await (const record of this.records(way)) {
        digest.add(record);
        if (record['IsDeleted'] === true) deleted++;
        if (!take) records.push(record);
        else if (part.push(record) >= this.request.partSize) {
          await take(part);
          part = [];
        }
      }
      if (take && part.length > 0) await take(part);
    } catch (error) {
      if (way.by === 'job' && this.isForgotten) await abortQueryJob(this.rest, way.job);
      throw error;
    }
    const differs = await this.differs(digest);
    return {
      count: digest.count,
      by: way.by,
      ...(this.request.deleted ? { deleted } : {}),
      differs,
      ...(take ? {} : { records }),
    };
  }

  /** Nothing of it is remembered: each delivery asks anew. */
  private get isForgotten(): boolean {
    return this.request.repeat === 'anew';
  }

  private records(way: Way): AsyncGenerator<JsonObject> {
    const { rest, context, bound, request } = this;
    const values = new RecordValues(this.ports.descriptions, context.signal);
    if (way.by === 'job') return queryJobRecords(rest, way.job, { sobject: bound.sobject, total: way.total, values }, context.signal);
    return queryRecords(rest, bound.soql, context.signal, {
      deleted: request.deleted ?? false,
      begun: way.begun,
      values: (sobject, field, value) => values.read(sobject, field, value),
    });
  }

  private async way(): Promise<Way> {
    const { by, bulkFrom } = this.request;
    if (by === 'job') return this.jobWay(1);
    if (by === 'pages' || this.bound.pagesOnly) return this.pages();
    let begun: Pages | undefined;
    const chosen = await this.remembered('way', 'by', async () => {
      begun = await this.pagesUnlessSlow();
      return { by: begun && begun.total < bulkFrom ? 'pages' : 'job' };
    });
    if (chosen.by === 'pages') return begun ?? this.pages();
    try {
      return await this.jobWay(1);
    } catch (error) {
      if (Failure.is(error) && notAsJob.has(error.code)) return begun ?? this.pages();
      throw error;
    }
  }

  /** undefined: it takes too long page by page, which a job may take */
  private async pagesUnlessSlow(): Promise<Pages | undefined> {
    try {
      return await this.pages();
    } catch (error) {
      if (Failure.is(error) && error.code === 'QUERY_TIMEOUT') return undefined;
      throw error;
    }
  }

  private async pages(): Promise<Pages> {
    const { soql } = this.bound;
    const begun = await beginQuery(this.rest, soql, this.context.signal, { deleted: this.request.deleted ?? false });
    const total = isPlainCount(soql) ? 1 : begun.total;
    this.mustFit(total);
    return { by: 'pages', total, begun: begun.page };
  }

  /** What is too much for one list is refused before the rest of it is read. */
  private mustFit(total: number): void {
    const { limit } = this.request;
    if (this.take || total <= limit) return;
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('QUERY_LIMIT', { total: { count: total }, limit: { count: limit } }),
      system: 'salesforce',
      record: this.bound.sobject,
      field: 'limit',
      value: String(total),
    });
  }

  /** The job of an earlier delivery, whose result stays what it was, or a new one. */
  private async jobWay(number: number): Promise<Way> {
    const { rest, context, ports } = this;
    let fresh = false;
    const job = await this.remembered(`job ${number}`, 'jobId', () => {
      fresh = true;
      return openQueryJob(rest, this.bound.soql, this.request.deleted ?? false, context.signal);
    });
    try {
      const total = await queryJobTotal(rest, job, context.signal, ports);
      this.mustFit(total);
      return { by: 'job', job, total };
    } catch (error) {
      if (this.isForgotten) await abortQueryJob(rest, job);
      const failure = Failure.from(error);
      const ended = isGone(failure) || failure.record === job.jobId;
      if (!ended || fresh || number >= mostJobs) throw error;
      return this.jobWay(number + 1);
    }
  }

  /** Done once for the run, whatever restarts lie between. */
  private remembered<Result extends JsonObject>(what: string, has: keyof Result & string, send: () => Promise<Result>): Promise<Result> {
    if (this.isForgotten) return send();
    return this.context.effects.write({
      needs: needed(has, phrase('NEEDED.query')),
      key: `${this.key} ${what}`,
      title: phrase('WRITE.salesforce-query', { sobject: this.bound.sobject }),
      // as the node has it: its values may be of persons
      request: { query: this.request.query },
      settle: 'repeat',
      undo: null,
      // a query that was asked and not answered has changed nothing
      send: () =>
        send().catch((error: unknown) => {
          throw Failure.from(error).with({ outcome: 'not-made' });
        }),
    });
  }

  /** Whether an earlier delivery of the run has found something else. */
  private async differs(digest: AnswerDigest): Promise<boolean> {
    if (this.isForgotten) return false;
    const { count, text } = digest;
    const first = await this.remembered('answer', 'digest', async () => ({ count, digest: text }));
    const differs = first.count !== count || first.digest !== text;
    if (!differs || this.request.repeat !== 'stop') return differs;
    throw new Failure({
      class: 'business.rejected',
      ...inWords('QUERY_DIFFERS', { before: { count: first.count }, now: { count } }),
      system: 'salesforce',
      record: this.bound.sobject,
      field: 'query',
      value: String(count),
    });
  }
}

function untold(query: string): Failure {
  return new Failure({
    class: 'contract.invalid',
    ...inWords('QUERY_WRONG.deleted'),
    system: 'salesforce',
    field: 'query',
    value: shorten(query),
  });
}
