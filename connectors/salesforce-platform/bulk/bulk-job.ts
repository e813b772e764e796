import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { doubled } from '../../../model/pause.ts';
import { objectIn, textIn, unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { sameId } from '../wire/record-id.ts';
import type { SalesforceRest } from '../wire.ts';

const longestPollMs = 30_000;
/** longer than this and the run is delivered again later; it then goes on with the same job */
const patienceMs = 10 * 60_000;

export interface BulkPorts {
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  now(): number;
}

/** A job as Salesforce describes it: of no other id, and in a state. */
export function jobIn(body: unknown, jobId?: string): JsonObject {
  const job = objectIn(body, askedFor.bulkJob);
  const [id, state] = [textIn(job['id']), textIn(job['state'])];
  if (id && state && (jobId === undefined || sameId(id, jobId))) return job;
  throw unexpected(askedFor.bulkJob, phrase('ANSWER_SHAPE.job-with-state'), body);
}

/** The job at `path` once it has ended, well or not; asked for ever more seldom. https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_info.htm */
export async function finishedJob(rest: SalesforceRest, path: string, signal: AbortSignal, ports: BulkPorts): Promise<JsonObject> {
  const jobId = path.slice(path.lastIndexOf('/') + 1);
  const until = ports.now() + patienceMs;
  for (let asked = 0; ; asked++) {
    const job = jobIn((await rest.get(path, undefined, signal)).body, jobId);
    if (['JobComplete', 'Failed', 'Aborted'].includes(String(job['state']))) return job;
    if (ports.now() > until) {
      throw new Failure({
        class: 'transient.unavailable',
        ...inWords('BULK_JOB_RUNNING', { jobId, state: String(job['state']) }),
        system: 'salesforce',
        retryAfterMs: 60_000,
      });
    }
    await ports.sleep(doubled(500, asked, longestPollMs), signal);
  }
}
