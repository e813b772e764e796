/* Made from the routes of runtime/admin-api by scripts/generate-types.ts: do not edit. */
import type {Json} from '../../model/json.ts';

export type RunStatus = 'ready' | 'running' | 'waiting' | 'done' | 'dead' | 'cancelled';
export type Severity = 'low' | 'normal' | 'high' | 'critical';
export type Stage = 'won' | 'customer' | 'project' | 'planned' | 'staffed' | 'worked' | 'billed' | 'paid';

export interface AdminApi {
  'GET /runs': {
    path: {};
    query: {
      /**
       * one or more of ready, running, waiting, done, dead, cancelled, with commas
       */
      status?: string;
      /**
       * node id
       */
      entry?: string;
      /**
       * seq of the last run of the page before
       */
      before?: number;
      /**
       * so many at most
       */
      limit?: number;
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * came in then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
    };
    parameters: {
      /**
       * so many at most
       */
      limit: number;
      /**
       * one or more of ready, running, waiting, done, dead, cancelled, with commas
       */
      status?: string;
      /**
       * node id
       */
      entry?: string;
      /**
       * seq of the last run of the page before
       */
      before?: number;
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * came in then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
    };
    body: {};
    answer: RunRow[];
  };
  'GET /runs/:id': {
    path: {
      /**
       * run id
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * run id
       */
      id: string;
    };
    body: {};
    answer: RunDetails;
  };
  'POST /runs/:id/cancel': {
    path: {
      /**
       * run id
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * run id
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'POST /runs/:id/wake': {
    path: {
      /**
       * run id
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * run id
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'GET /dead-letters': {
    path: {};
    query: {
      /**
       * seq of the last run of the page before
       */
      before?: number;
      /**
       * so many at most
       */
      limit?: number;
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * a dead letter since then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
    };
    parameters: {
      /**
       * so many at most
       */
      limit: number;
      /**
       * seq of the last run of the page before
       */
      before?: number;
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * a dead letter since then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
    };
    body: {};
    answer: RunRow[];
  };
  'GET /dead-letters/:id': {
    path: {
      /**
       * run id
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * run id
       */
      id: string;
    };
    body: {};
    answer: RunDetails;
  };
  'POST /dead-letters/:id/replay': {
    path: {
      /**
       * run id
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * run id
       */
      id: string;
    };
    body: {
      /**
       * the event data as edited (needs `ps-connect.edit` too); absent = as it was
       */
      data?: Json;
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'POST /dead-letters/:id/discard': {
    path: {
      /**
       * run id
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * run id
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'POST /dead-letters/:id/compensate': {
    path: {
      /**
       * run id
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * run id
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'POST /replays': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * ids; absent = every dead letter that matches
       *
       * @maxItems 10000
       */
      runs?: string[];
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * a dead letter since then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
      /**
       * deliver no more than so many a minute; absent = all at once
       */
      perMinute?: number | string | null;
      /**
       * needs `ps-connect.edit` too: JSONata that makes of each event’s data the corrected data, such as $ ~> |resource|{"email": "new@firm.example"}|
       */
      correction?: string;
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Replayed;
  };
  'GET /saved-filters': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: SavedFilter[];
  };
  'POST /saved-filters': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * of what it is one
       */
      list: 'runs' | 'dead-letters';
      /**
       * once in its list, whatever the case of its letters
       */
      name: string;
      /**
       * A filter as the address of the console says it; days are those of whoever looks.
       */
      filter: {
        filter?: string;
        search?: string;
        engagement?: string;
        flow?: string;
        class?: string;
        system?: string;
        severity?: string;
        since?: string;
        until?: string;
      };
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: {
      id: string;
    };
  };
  'POST /saved-filters/:id/rename': {
    path: {
      /**
       * of the filter
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * of the filter
       */
      id: string;
    };
    body: {
      /**
       * once in its list, whatever the case of its letters
       */
      name: string;
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'POST /saved-filters/:id/delete': {
    path: {
      /**
       * of the filter
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * of the filter
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'GET /approvals': {
    path: {};
    query: {
      /**
       * of a run that is named, all are answered
       */
      status?: 'open' | 'approved' | 'rejected' | 'expired' | 'all';
      /**
       * run id
       */
      run?: string;
      /**
       * id of the last question of the page before
       */
      after?: string;
      /**
       * so many at most
       */
      limit?: number;
    };
    parameters: {
      /**
       * of a run that is named, all are answered
       */
      status: 'open' | 'approved' | 'rejected' | 'expired' | 'all';
      /**
       * so many at most
       */
      limit: number;
      /**
       * run id
       */
      run?: string;
      /**
       * id of the last question of the page before
       */
      after?: string;
    };
    body: {};
    answer: Approval[];
  };
  'POST /approvals/:id/approve': {
    path: {
      /**
       * id of the question
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * id of the question
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'POST /approvals/:id/reject': {
    path: {
      /**
       * id of the question
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * id of the question
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'GET /effects': {
    path: {};
    query: {
      /**
       * so many at most
       */
      limit?: number;
    };
    parameters: {
      /**
       * so many at most
       */
      limit: number;
    };
    body: {};
    answer: Effect[];
  };
  'POST /effects/:key/settle': {
    path: {
      /**
       * of the effect
       */
      key: string;
    };
    query: {};
    parameters: {
      /**
       * of the effect
       */
      key: string;
    };
    body: {
      /**
       * made (it is there: never sent again) or not-made (it is not there: sent when the run goes on)
       */
      outcome: 'made' | 'not-made';
      /**
       * of a write that was made: what the flow needs of it, as the step would have answered, such as {"id": "4711"}
       */
      result?: Json;
      /**
       * how it is known, for the journal
       */
      reason?: string | null;
    };
    answer: Done;
  };
  'GET /overview': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: Overview;
  };
  'GET /kpis': {
    path: {};
    query: {
      /**
       * the last so many, today in UTC among them
       */
      days?: number;
      /**
       * what the groups are
       */
      by?: 'flow' | 'entity' | 'region' | 'practice';
    };
    parameters: {
      /**
       * the last so many, today in UTC among them
       */
      days: number;
      /**
       * what the groups are
       */
      by: 'flow' | 'entity' | 'region' | 'practice';
    };
    body: {};
    answer: Kpis;
  };
  'GET /board': {
    path: {};
    query: {
      /**
       * those that have come so far, and no further
       */
      stage?: 'won' | 'customer' | 'project' | 'planned' | 'staffed' | 'worked' | 'billed' | 'paid';
      /**
       * part of code or client
       */
      search?: string;
      /**
       * `next` of the page before
       */
      after?: string;
      /**
       * so many at most
       */
      limit?: number;
    };
    parameters: {
      /**
       * so many at most
       */
      limit: number;
      /**
       * those that have come so far, and no further
       */
      stage?: 'won' | 'customer' | 'project' | 'planned' | 'staffed' | 'worked' | 'billed' | 'paid';
      /**
       * part of code or client
       */
      search?: string;
      /**
       * `next` of the page before
       */
      after?: string;
    };
    body: {};
    answer: Board;
  };
  'GET /exports/runs': {
    path: {};
    query: {
      /**
       * one or more of ready, running, waiting, done, dead, cancelled, with commas
       */
      status?: string;
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * came in then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    parameters: {
      /**
       * one or more of ready, running, waiting, done, dead, cancelled, with commas
       */
      status?: string;
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * came in then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    body: {};
    answer: {
      /**
       * RFC 4180, in UTF-8; moments in UTC
       */
      csv: string;
      /**
       * there are more than 10000 lines: the newest are in it
       */
      more: boolean;
    };
  };
  'GET /exports/dead-letters': {
    path: {};
    query: {
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * a dead letter since then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    parameters: {
      /**
       * tab id
       */
      flow?: string;
      /**
       * part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too
       */
      search?: string;
      /**
       * its code, whole: business id, key or engagement of the run
       */
      engagement?: string;
      /**
       * of the failure
       */
      class?:
        | 'transient.unavailable'
        | 'transient.timeout'
        | 'transient.throttled'
        | 'transient.locked'
        | 'auth.expired'
        | 'auth.denied'
        | 'contract.invalid'
        | 'contract.drift'
        | 'business.rejected'
        | 'conflict.duplicate'
        | 'conflict.stale'
        | 'mapping.missing'
        | 'ownership.violation'
        | 'quota.exhausted'
        | 'internal';
      /**
       * failure code
       */
      code?: string;
      /**
       * that has said it
       */
      system?: string;
      /**
       * of the run
       */
      severity?: 'low' | 'normal' | 'high' | 'critical';
      /**
       * a dead letter since then or later, epoch ms
       */
      since?: number;
      /**
       * and before then, epoch ms
       */
      until?: number;
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    body: {};
    answer: {
      /**
       * RFC 4180, in UTF-8; moments in UTC
       */
      csv: string;
      /**
       * there are more than 10000 lines: the newest are in it
       */
      more: boolean;
    };
  };
  'GET /exports/board': {
    path: {};
    query: {
      /**
       * those that have come so far, and no further
       */
      stage?: 'won' | 'customer' | 'project' | 'planned' | 'staffed' | 'worked' | 'billed' | 'paid';
      /**
       * part of code or client
       */
      search?: string;
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    parameters: {
      /**
       * those that have come so far, and no further
       */
      stage?: 'won' | 'customer' | 'project' | 'planned' | 'staffed' | 'worked' | 'billed' | 'paid';
      /**
       * part of code or client
       */
      search?: string;
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    body: {};
    answer: {
      /**
       * RFC 4180, in UTF-8; moments in UTC
       */
      csv: string;
      /**
       * there are more than 10000 lines: the newest are in it
       */
      more: boolean;
    };
  };
  'GET /exports/kpis': {
    path: {};
    query: {
      /**
       * the last so many, today in UTC among them
       */
      days?: number;
      /**
       * what the groups are
       */
      by?: 'flow' | 'entity' | 'region' | 'practice';
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    parameters: {
      /**
       * the last so many, today in UTC among them
       */
      days: number;
      /**
       * what the groups are
       */
      by: 'flow' | 'entity' | 'region' | 'practice';
      /**
       * without it by `Accept`: application/vnd.apache.parquet, or CSV in JSON. Parquet is a file with all lines, however many
       */
      format?: 'csv' | 'parquet';
    };
    body: {};
    answer: {
      /**
       * RFC 4180, in UTF-8; moments in UTC
       */
      csv: string;
      /**
       * there are more than 10000 lines: the newest are in it
       */
      more: boolean;
    };
  };
  'GET /connections': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: Connection[];
  };
  'POST /connections/test': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * node type
       */
      type?: string;
      /**
       * node id
       */
      id?: string;
      /**
       * fields of the form; absent = as deployed
       */
      config?: {
        [k: string]: Json;
      } | null;
      /**
       * credentials typed in the form
       */
      credentials?: {
        [k: string]: Json;
      } | null;
    };
    answer: ConnectionTest;
  };
  'GET /reconciliations': {
    path: {};
    query: {
      /**
       * so many at most
       */
      limit?: number;
    };
    parameters: {
      /**
       * so many at most
       */
      limit: number;
    };
    body: {};
    answer: ReconciliationRow[];
  };
  'GET /reconciliations/:id/breaks': {
    path: {
      /**
       * id of the reconciliation
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * id of the reconciliation
       */
      id: string;
    };
    body: {};
    answer: Break;
  };
  'GET /breaks': {
    path: {};
    query: {
      /**
       * what was compared; absent = whichever was compared last
       */
      subject?: 'time' | 'expenses';
    };
    parameters: {
      /**
       * what was compared; absent = whichever was compared last
       */
      subject?: 'time' | 'expenses';
    };
    body: {};
    answer: Breaks;
  };
  'POST /preview': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * name of a preset
       */
      preset?: string | null;
      /**
       * JSONata
       */
      expression?: string | null;
      /**
       * contract to check the result against; one that there is not checks nothing
       */
      contract?: string | null;
      /**
       * payload
       */
      sample?: Json;
      /**
       * message
       */
      message?: Json;
    };
    answer: Preview;
  };
  'GET /nodes/:id/last-input': {
    path: {
      /**
       * node id
       */
      id: string;
    };
    query: {
      /**
       * what is wired to it, `node:output` with commas in between: where nothing has come to it, what left there last
       */
      behind?: string;
    };
    parameters: {
      /**
       * node id
       */
      id: string;
      /**
       * what is wired to it, `node:output` with commas in between: where nothing has come to it, what left there last
       */
      behind?: string;
    };
    body: {};
    answer: {
      /**
       * null = it has seen none
       */
      payload: Json;
      /**
       * with all its parts that are JSON
       */
      message?: Json;
      /**
       * when it came, epoch ms
       */
      at?: number;
      /**
       * the message is too large to be shown
       */
      large?: true;
      /**
       * where nothing has come to the node itself: the output behind which it is
       */
      from?: string;
    };
  };
  'GET /crosswalk': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: {
      table: string;
      rows: number;
    }[];
  };
  'GET /crosswalk/rows': {
    path: {};
    query: {
      /**
       * name of the map; absent = all
       */
      table?: string;
      /**
       * system, as it is written
       */
      from?: string;
      /**
       * system, as it is written
       */
      to?: string;
      /**
       * part of value or target
       */
      search?: string;
      /**
       * those that hold on this day, YYYY-MM-DD
       */
      on?: string;
      /**
       * id of the last entry of the page before
       */
      after?: string;
      /**
       * so many at most
       */
      limit?: number;
    };
    parameters: {
      /**
       * so many at most
       */
      limit: number;
      /**
       * name of the map; absent = all
       */
      table?: string;
      /**
       * system, as it is written
       */
      from?: string;
      /**
       * system, as it is written
       */
      to?: string;
      /**
       * part of value or target
       */
      search?: string;
      /**
       * those that hold on this day, YYYY-MM-DD
       */
      on?: string;
      /**
       * id of the last entry of the page before
       */
      after?: string;
    };
    body: {};
    answer: CrosswalkRow[];
  };
  'GET /crosswalk/rows/:id/history': {
    path: {
      /**
       * id of the entry
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * id of the entry
       */
      id: string;
    };
    body: {};
    answer: CrosswalkRow[];
  };
  'GET /crosswalk/unmapped': {
    path: {};
    query: {
      /**
       * so many at most
       */
      limit?: number;
    };
    parameters: {
      /**
       * so many at most
       */
      limit: number;
    };
    body: {};
    answer: Unmapped[];
  };
  'POST /crosswalk/changes': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * `entry` adds one, with `id` and `version` it changes that one; these alone take it out
       *
       * @minItems 1
       * @maxItems 5000
       */
      changes: [
        {
          id?: string;
          /**
           * the one that was seen
           */
          version?: number;
          entry?: {
            table: string;
            /**
             * system, * = whichever
             */
            from: string;
            value: string;
            /**
             * system, * = whichever
             */
            to: string;
            target: string;
            /**
             * first day, YYYY-MM-DD; absent = always has
             */
            validFrom?: string;
            /**
             * last day, YYYY-MM-DD; absent = until further notice
             */
            validTo?: string;
          };
        },
        ...{
          id?: string;
          /**
           * the one that was seen
           */
          version?: number;
          entry?: {
            table: string;
            /**
             * system, * = whichever
             */
            from: string;
            value: string;
            /**
             * system, * = whichever
             */
            to: string;
            target: string;
            /**
             * first day, YYYY-MM-DD; absent = always has
             */
            validFrom?: string;
            /**
             * last day, YYYY-MM-DD; absent = until further notice
             */
            validTo?: string;
          };
        }[]
      ];
      /**
       * why, for the history and the journal
       */
      reason: string;
      /**
       * tells what would come of it, and changes nothing
       */
      dryRun?: boolean;
    };
    answer: CrosswalkChanged;
  };
  'GET /crosswalk/csv': {
    path: {};
    query: {
      /**
       * name of the map; absent = all
       */
      table?: string;
    };
    parameters: {
      /**
       * name of the map; absent = all
       */
      table?: string;
    };
    body: {};
    answer: {
      csv: string;
    };
  };
  'POST /crosswalk/csv': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * columns table, from, value, to, target, validFrom, validTo; of owners object, field, owner, to, validFrom, validTo; id and version of entries that are there
       */
      csv: string;
      /**
       * why, for the history and the journal
       */
      reason: string;
      /**
       * tells what would come of it, and changes nothing
       */
      dryRun?: boolean;
    };
    answer: CrosswalkChanged;
  };
  'GET /journal': {
    path: {};
    query: {
      /**
       * seq of the last line of the page before
       */
      after?: number;
      /**
       * so many at most
       */
      limit?: number;
      /**
       * run id
       */
      subject?: string;
    };
    parameters: {
      /**
       * seq of the last line of the page before
       */
      after: number;
      /**
       * so many at most
       */
      limit: number;
      /**
       * run id
       */
      subject?: string;
    };
    body: {};
    answer: JournalLine[];
  };
  'GET /journal/verification': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: JournalVerification;
  };
  'GET /journal/export': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: JournalLine | JournalEnd;
  };
  'POST /journal/anchor': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * why, for the journal; must be given
       */
      reason: string;
    };
    answer: {
      accepted: true;
    };
  };
  'GET /business-apis/document': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: {
      openapi: string;
      info: Json;
      servers: Json;
      paths: Json;
      components: Json;
    };
  };
  'GET /business-events/document': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: {
      asyncapi: string;
      info: Json;
      defaultContentType: string;
      servers: Json;
      channels: Json;
      operations: Json;
      components: Json;
    };
  };
  'GET /api-keys': {
    path: {};
    query: {};
    parameters: {};
    body: {};
    answer: ApiKey[];
  };
  'POST /api-keys': {
    path: {};
    query: {};
    parameters: {};
    body: {
      /**
       * the system that calls, not a person
       */
      consumer: string;
      /**
       * rights: which APIs it may call
       *
       * @minItems 1
       * @maxItems 100
       */
      scopes: [string, ...string[]];
      /**
       * so many days until it ends
       */
      days?: number;
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: {
      id: string;
      /**
       * for the header X-API-Key: keep it, it cannot be shown again
       */
      key: string;
    };
  };
  'POST /api-keys/:id/revoke': {
    path: {
      /**
       * id of the key
       */
      id: string;
    };
    query: {};
    parameters: {
      /**
       * id of the key
       */
      id: string;
    };
    body: {
      /**
       * why, for the journal
       */
      reason?: string | null;
    };
    answer: {
      revoked: true;
    };
  };
}
/**
 * A run in a list.
 */
export interface RunRow {
  id: string;
  /**
   * order of arrival
   */
  seq: number;
  /**
   * node at which it enters the flow
   */
  entry: string;
  /**
   * tab of the entry node
   */
  flow: string;
  status: RunStatus;
  /**
   * deliveries so far
   */
  attempts: number;
  /**
   * deliveries in a row that ended with the process
   */
  crashes: number;
  /**
   * grows with each delivery: what an earlier one still says is refused
   */
  token: number;
  /**
   * not delivered before, epoch ms
   */
  availableAt: number;
  /**
   * of the flows it was last delivered to
   */
  revision: string;
  severity: Severity;
  /**
   * epoch ms
   */
  createdAt: number;
  /**
   * epoch ms
   */
  updatedAt: number;
  event: EventHead;
  about: RunAbout;
  /**
   * nodes that hold its messages now
   */
  at: string[];
  failure?: Failure;
  failedNode?: string;
  /**
   * of a waiting run with which nothing is wrong
   */
  waitingFor?: {
    reason: string;
    reasonWords?: Words;
    /**
     * that has suspended it
     */
    node?: string;
  };
  /**
   * its writes are being undone
   */
  compensating?: {
    actor: string;
    /**
     * epoch ms
     */
    since: number;
    reason?: string;
  };
  /**
   * when a person let it begin anew, epoch ms
   */
  renewedAt?: number;
  /**
   * it waits for its entry node, which is not in the flows that run here
   */
  withoutEntry?: boolean;
}
/**
 * An event without its data.
 */
export interface EventHead {
  /**
   * the same fact always has the same id
   */
  id: string;
  source: string;
  type: string;
  /**
   * business id
   */
  subject: string;
  /**
   * RFC 3339 UTC, the system’s clock
   */
  time: string;
  /**
   * events with equal keys run one at a time
   */
  key: string;
  /**
   * of which record it tells, and of which of its states
   */
  version?: {
    record: string;
    /**
     * orders the versions
     */
    at: string;
    /**
     * the same for versions that say the same
     */
    content?: string;
  };
  /**
   * further CloudEvents attributes that the sender gave
   */
  attributes?: {
    [k: string]: string | number | boolean;
  };
  refused?: Failure;
}
/**
 * Everything an analyst needs to understand one failure.
 */
export interface Failure {
  /**
   * what happens next
   */
  class:
    | 'transient.unavailable'
    | 'transient.timeout'
    | 'transient.throttled'
    | 'transient.locked'
    | 'auth.expired'
    | 'auth.denied'
    | 'contract.invalid'
    | 'contract.drift'
    | 'business.rejected'
    | 'conflict.duplicate'
    | 'conflict.stale'
    | 'mapping.missing'
    | 'ownership.violation'
    | 'quota.exhausted'
    | 'internal';
  /**
   * the system’s own code, or ours
   */
  code: string;
  /**
   * one sentence in the analyst’s words, in English
   */
  message: string;
  /**
   * system that said it; absent when it is our own check
   */
  system?: string;
  /**
   * such as time entry 4711, in English
   */
  record?: string;
  recordWords?: Words;
  field?: string;
  /**
   * the offending value, shortened
   */
  value?: string;
  /**
   * what to do about it
   */
  remedy?: string;
  words?: Words;
  /**
   * further problems of the same record
   */
  issues?: Issue[];
  /**
   * ask again not sooner than this many milliseconds
   */
  retryAfterMs?: number;
  /**
   * of a write
   */
  outcome?: 'not-made' | 'unknown';
  /**
   * HTTP status, when there was one
   */
  status?: number;
}
/**
 * What is said or what something is called, for languages other than English.
 */
export interface Words {
  /**
   * of the texts in locales/<language>/failures
   */
  key: string;
  /**
   * what fills the gaps of the texts: name and value of each; a value may have words itself
   */
  params?: Json[][];
}
/**
 * One thing that is wrong with a record.
 */
export interface Issue {
  code: string;
  field: string;
  message: string;
  remedy: string;
  /**
   * the offending value, shortened
   */
  value?: string;
  words?: Words;
}
/**
 * What tells a person which run it is, beside its business id.
 */
export interface RunAbout {
  /**
   * of a deal or a project
   */
  client?: string;
  /**
   * whose project it is about
   */
  engagement?: string;
  /**
   * decimal, as it was given
   */
  amount?: string;
  /**
   * of the amount
   */
  currency?: string;
  /**
   * of work
   */
  minutes?: number;
  /**
   * whom it is about: in a list, for who has `ps-connect.edit` alone
   */
  person?: string;
  /**
   * of a reconciliation: the node that makes it
   */
  reconciles?: string;
}
export interface RunDetails {
  run: Run;
  about: RunAbout;
  effects: Effect[];
  attempts: FailedAttempt[];
  journal: JournalLine[];
  /**
   * nodes that hold its messages now
   */
  at: string[];
  /**
   * it waits for its entry node, which is not in the flows that run here
   */
  withoutEntry?: boolean;
  /**
   * there are more failed attempts: the newest are listed
   */
  olderAttempts?: boolean;
  /**
   * there are more lines: the newest are listed; GET /journal with the run as subject has all
   */
  olderJournal?: boolean;
  form?: CorrectionForm;
}
/**
 * The journey of one event through a flow.
 */
export interface Run {
  id: string;
  /**
   * order of arrival
   */
  seq: number;
  /**
   * node at which it enters the flow
   */
  entry: string;
  /**
   * tab of the entry node
   */
  flow: string;
  status: RunStatus;
  /**
   * deliveries so far
   */
  attempts: number;
  /**
   * deliveries in a row that ended with the process
   */
  crashes: number;
  /**
   * grows with each delivery: what an earlier one still says is refused
   */
  token: number;
  /**
   * not delivered before, epoch ms
   */
  availableAt: number;
  /**
   * of the flows it was last delivered to
   */
  revision: string;
  severity: Severity;
  /**
   * epoch ms
   */
  createdAt: number;
  /**
   * epoch ms
   */
  updatedAt: number;
  event: Event;
  failure?: Failure;
  failedNode?: string;
  /**
   * of a waiting run with which nothing is wrong
   */
  waitingFor?: {
    reason: string;
    reasonWords?: Words;
    /**
     * that has suspended it
     */
    node?: string;
  };
  /**
   * its writes are being undone
   */
  compensating?: {
    actor: string;
    /**
     * epoch ms
     */
    since: number;
    reason?: string;
  };
  /**
   * when a person let it begin anew, epoch ms
   */
  renewedAt?: number;
}
/**
 * A fact that a system reports, CloudEvents 1.0 shape.
 */
export interface Event {
  /**
   * the same fact always has the same id
   */
  id: string;
  source: string;
  type: string;
  /**
   * business id
   */
  subject: string;
  /**
   * RFC 3339 UTC, the system’s clock
   */
  time: string;
  /**
   * events with equal keys run one at a time
   */
  key: string;
  data: Json;
  /**
   * of which record it tells, and of which of its states
   */
  version?: {
    record: string;
    /**
     * orders the versions
     */
    at: string;
    /**
     * the same for versions that say the same
     */
    content?: string;
  };
  /**
   * further CloudEvents attributes that the sender gave
   */
  attributes?: {
    [k: string]: string | number | boolean;
  };
  refused?: Failure;
}
/**
 * One write to a system made for a run.
 */
export interface Effect {
  key: string;
  run: string;
  node: string;
  /**
   * the business object, such as job ENG-0001
   */
  business: string;
  /**
   * what it is called, in English
   */
  title: string;
  system: string;
  /**
   * how a doubt is settled
   */
  settle: 'probe' | 'repeat' | 'person';
  status: 'intended' | 'done' | 'rejected' | 'not-made' | 'in-doubt' | 'compensated';
  request: Json;
  attempts: number;
  /**
   * epoch ms
   */
  intendedAt: number;
  titleWords?: Words;
  result?: Json;
  failure?: Failure;
  /**
   * it was found in the system instead of being sent
   */
  found?: boolean;
  /**
   * of one that was found: who has made it; absent = it had been there before
   */
  maker?: 'run' | 'unknown';
  /**
   * it was looked for before it was sent, and was not there
   */
  absentBefore?: boolean;
  /**
   * what the connector needs to undo it; null = nothing is left behind; absent = it cannot be undone
   */
  undo?: Json;
  /**
   * made while the run was undone
   */
  ofUndo?: boolean;
  /**
   * order in which the run’s writes were first intended
   */
  place?: number;
  /**
   * address of the page on which its system shows the record, where that is known
   */
  link?: string;
  /**
   * epoch ms
   */
  finishedAt?: number;
}
export interface FailedAttempt {
  run: string;
  attempt: number;
  failure: Failure;
  /**
   * epoch ms
   */
  at: number;
  node?: string;
}
/**
 * What was done, to what, by whom and why.
 */
export interface JournalLine {
  seq: number;
  /**
   * RFC 3339 UTC
   */
  at: string;
  /**
   * engine, or the signed-in user
   */
  actor: string;
  /**
   * such as run.replayed
   */
  action: string;
  /**
   * run id, or what else it is about
   */
  subject: string;
  detail: Json;
  /**
   * hash of the line before
   */
  previous: string;
  hash: string;
}
/**
 * The data of a dead letter as a form: made from its contract, or from what stands in it.
 */
export interface CorrectionForm {
  fields: FormField[];
  /**
   * so many more values are not in the form
   */
  more: number;
  /**
   * what the failure names and the form has not
   */
  apart: {
    path: string;
    /**
     * it is in the data; else it was made on the way
     */
    held: boolean;
  }[];
  /**
   * that the data is meant to keep, told by the names of its fields
   */
  contract?: string;
}
export interface FormField {
  /**
   * where it stands in the data, step by step
   */
  at: (string | number)[];
  /**
   * the same as failures name it, such as lines[0].amount.amount
   */
  path: string;
  kind: 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'choice';
  /**
   * what it is when nothing is entered
   */
  empty: 'absent' | 'null' | 'text' | 'never';
  /**
   * of a choice
   */
  options?: string[];
  /**
   * the failure names it
   */
  wrong?: boolean;
}
export interface Done {
  ok: true;
}
export interface Replayed {
  replayed: number;
  notDead: number;
  /**
   * these stay dead letters
   */
  notCorrected: {
    run: string;
    subject: string;
    message: string;
    words?: Words;
  }[];
}
/**
 * A filter that has a name, for all of the firm.
 */
export interface SavedFilter {
  id: string;
  /**
   * of what it is one
   */
  list: 'runs' | 'dead-letters';
  name: string;
  filter: FilterFields;
  /**
   * who has saved it
   */
  by: string;
  /**
   * epoch ms
   */
  savedAt: number;
}
/**
 * A filter as the address of the console says it; days are those of whoever looks.
 */
export interface FilterFields {
  filter?: string;
  search?: string;
  engagement?: string;
  flow?: string;
  class?: string;
  system?: string;
  severity?: string;
  since?: string;
  until?: string;
}
/**
 * One question that a run puts to a person.
 */
export interface Approval {
  id: string;
  run: string;
  node: string;
  title: string;
  details: Json;
  severity: Severity;
  status: 'open' | 'approved' | 'rejected' | 'expired';
  /**
   * epoch ms
   */
  requestedAt: number;
  /**
   * business id of its run
   */
  subject?: string;
  /**
   * tab of its run
   */
  flow?: string;
  /**
   * for whom it is asked: they do not decide
   */
  requestedBy?: string[];
  /**
   * epoch ms
   */
  expiresAt?: number;
  /**
   * epoch ms
   */
  escalateAt?: number;
  /**
   * epoch ms
   */
  escalatedAt?: number;
  /**
   * a person, rule or expiry
   */
  decidedBy?: string;
  reason?: string;
  /**
   * epoch ms
   */
  decidedAt?: number;
}
export interface Overview {
  /**
   * events can be stored
   */
  ready: boolean;
  trouble: Failure | null;
  notices: Notice[];
  /**
   * of the flows that are deployed
   */
  revision: string;
  runs: RunCounts | null;
  /**
   * questions that wait for a person
   */
  approvals: number;
  /**
   * runs under way here
   */
  active: number;
  /**
   * Node-REDs alive on the store, the one that answers included
   */
  instances: number;
  sources: Source[];
  connections: Connection[];
  signedInAs: string | null;
  /**
   * whether people sign in at all
   */
  signsIn: boolean;
  /**
   * what who asks may do
   */
  may: ('ps-connect.read' | 'ps-connect.replay' | 'ps-connect.edit' | 'ps-connect.approve' | 'ps-connect.configure' | 'ps-connect.map')[];
}
/**
 * What is wrong with the machine and stops nothing.
 */
export interface Notice {
  code: string;
  message: string;
  remedy: string;
  words?: Words;
}
export interface RunCounts {
  ready: number;
  running: number;
  waiting: number;
  done: number;
  dead: number;
  cancelled: number;
}
export interface Source {
  id: string;
  type: string;
  name: string;
  /**
   * events stored since the node was started
   */
  stored: number;
  failure: Failure | null;
  /**
   * of the last successful read, epoch ms
   */
  readAt?: number;
  /**
   * it reads nothing, or refuses what it is sent: too many of its runs are open
   */
  backlog?: boolean;
  /**
   * it is sent events; readAt is when the last one was stored
   */
  listens?: boolean;
  /**
   * requests of which nothing was stored: the sender’s doing
   */
  refused?: number;
}
export interface Connection {
  id: string;
  name: string;
  /**
   * node type
   */
  type: string;
  /**
   * Items: what its system is for the firm
   */
  roles: string[];
  /**
   * Items: operations of its system
   */
  does: (
    | 'opportunity.poll'
    | 'account.poll'
    | 'opportunity.stream'
    | 'contract.poll'
    | 'record.upsert'
    | 'record.query'
    | 'crm-invoice-status.write'
    | 'customer.ensure'
    | 'customer.change'
    | 'customer.poll'
    | 'erp-project.create'
    | 'erp-project.change'
    | 'time.post'
    | 'posted-time.list'
    | 'billing-schedule.set'
    | 'milestone.reach'
    | 'expense.post'
    | 'posted-expense.list'
    | 'invoice.poll'
    | 'customer.find'
    | 'period.find'
    | 'posted-time.sum'
    | 'project-invoices.find'
    | 'project-finances.find'
    | 'psa-project.create'
    | 'psa-project.change'
    | 'staffing.request'
    | 'approved-time.poll'
    | 'approved-time.list'
    | 'milestone.poll'
    | 'approved-expense.poll'
    | 'approved-expense.list'
    | 'assignment.poll'
    | 'availability.find'
    | 'utilization.find'
    | 'assignment.record'
    | 'psa-invoice-status.write'
    | 'event.publish'
  )[];
  system: string;
  notices: Notice[];
  /**
   * calls in flight, quota left, last failure, as far as the system tells
   */
  health?: {
    [k: string]: Json;
  };
  circuit?: {
    state: 'closed' | 'open' | 'trying';
    /**
     * in a row
     */
    failures: number;
    /**
     * nothing is sent before, epoch ms
     */
    until?: number;
  };
  failure?: Failure;
}
export interface Kpis {
  runs: RunCounts;
  /**
   * dead letters by class of their failure
   */
  deadByClass: {
    [k: string]: number;
  };
  effectsInDoubt: number;
  oldestOpenRunSeconds: number;
  lastReconciliation: {
    /**
     * epoch ms
     */
    at: number;
    breaks: number;
  } | null;
  /**
   * first day that the figures are of, in UTC
   */
  from: string;
  /**
   * last day
   */
  to: string;
  kpis: Kpi[];
}
export interface Kpi {
  name:
    | 'project_creation_cycle_time'
    | 'project_setup_cycle_time'
    | 'synchronisation_backlog'
    | 'time_posting_latency'
    | 'expense_posting_latency'
    | 'invoice_posting_latency'
    | 'resource_assignment_freshness'
    | 'billing_latency'
    | 'reconciliation_exception_rate'
    | 'utilization'
    | 'utilization_reporting_accuracy'
    | 'manual_touches'
    | 'time_to_staff'
    | 'invoice_disputes'
    | 'exception_resolution_time';
  unit: 'hours' | 'percent' | 'count';
  better: 'less' | 'more';
  /**
   * to be reached; by the settings, or the usual one
   */
  target: number;
  /**
   * mean of these days; of the backlog what is open now; null = nothing was measured
   */
  value: number | null;
  /**
   * of how many
   */
  count: number;
  /**
   * on any of these days
   */
  least: number | null;
  /**
   * on any of these days
   */
  most: number | null;
  /**
   * whether the target is missed; null = there is no value
   */
  missed: boolean | null;
  /**
   * why there is no value; null = there is one
   */
  noValue: ('nothing-measured' | 'no-system-tells') | null;
  /**
   * level of the seven days after the last one with figures, if it goes on as most of the last sixty do; null = too few days
   */
  forecast: number | null;
  /**
   * half of the values are at the most this; null = how they are distributed is not known
   */
  median: number | null;
  /**
   * nine of ten values are at the most this; null = as of the median
   */
  p90: number | null;
  /**
   * null = its single values say nothing
   */
  distribution: {
    /**
     * of how many values it is known; others were measured before it was kept, and are in no part
     */
    count: number;
    /**
     * in order, from the first that has values to the last
     */
    parts: {
      /**
       * above this; null = from the least on
       */
      from: number | null;
      /**
       * up to this; null = whatever is above
       */
      to: number | null;
      count: number;
    }[];
  } | null;
  /**
   * those with figures, in order
   */
  days: {
    day: string;
    value: number;
    count: number;
    /**
     * half of the values are at the most this; null = how they are distributed is not known
     */
    median: number | null;
    /**
     * nine of ten values are at the most this; null = as of the median
     */
    p90: number | null;
  }[];
  groups: {
    /**
     * empty = not said
     */
    group: string;
    value: number;
    count: number;
    /**
     * half of the values are at the most this; null = how they are distributed is not known
     */
    median: number | null;
    /**
     * nine of ten values are at the most this; null = as of the median
     */
    p90: number | null;
    /**
     * whether the target is missed
     */
    missed: boolean;
    /**
     * as of the whole
     */
    forecast: number | null;
  }[];
}
export interface Board {
  /**
   * how many engagements have come how far, and no further
   */
  funnel: {
    won: number;
    customer: number;
    project: number;
    planned: number;
    staffed: number;
    worked: number;
    billed: number;
    paid: number;
  };
  engagements: Engagement[];
  /**
   * the page after begins behind it; null = there is none
   */
  next: string | null;
}
/**
 * An engagement, as far as runs have told of it.
 */
export interface Engagement {
  /**
   * business id
   */
  code: string;
  stage: Stage;
  /**
   * when it was reached, epoch ms
   */
  since: number;
  /**
   * when each was first reached; absent = nobody has told of it
   */
  reached: {
    /**
     * epoch ms
     */
    won?: number;
    /**
     * epoch ms
     */
    customer?: number;
    /**
     * epoch ms
     */
    project?: number;
    /**
     * epoch ms
     */
    planned?: number;
    /**
     * epoch ms
     */
    staffed?: number;
    /**
     * epoch ms
     */
    worked?: number;
    /**
     * epoch ms
     */
    billed?: number;
    /**
     * epoch ms
     */
    paid?: number;
  };
  /**
   * when it was last told of, epoch ms
   */
  updatedAt: number;
  /**
   * its runs that wait or are dead letters
   */
  waits: RunRow[];
  client?: string;
  entity?: string;
  /**
   * what was agreed, a decimal
   */
  amount?: string;
  currency?: string;
}
export interface ConnectionTest {
  ok: boolean;
  message: string;
  notices: Notice[];
  /**
   * typeAnew names the fields that are to be typed for this address
   */
  details?: {
    [k: string]: string | number;
  };
  words?: Words;
}
export interface ReconciliationRow {
  id: string;
  /**
   * epoch ms
   */
  at: number;
  node: string;
  /**
   * time or expenses
   */
  subject: string;
  result: Reconciliation;
}
export interface Reconciliation {
  window: {
    from: string;
    to: string;
  };
  psa: ControlTotals;
  erp: ControlTotals;
  matched: number;
  breaks: Break[];
  /**
   * by field: entries that a side does not tell it of
   */
  notCompared?: {
    [k: string]: number;
  };
  /**
   * so many more there are; GET /reconciliations/:id/breaks has all
   */
  breaksLeftOut?: {
    breaks: number;
    /**
     * of these, how many no run explains
     */
    unexplained: number;
  };
  /**
   * so many there were, before the retention period was over
   */
  breaksForgotten?: number;
}
export interface ControlTotals {
  entries: number;
  /**
   * by legal entity (- where it is not known), then currency
   */
  amounts: {
    [k: string]: {
      [k: string]: string;
    };
  };
  withoutAmount: number;
  /**
   * changes when a line is swapped for another of equal amount
   */
  hashTotal: string;
  /**
   * of time; expenses have none
   */
  minutes?: number;
}
/**
 * What differs of one record between the two sides.
 */
export interface Break {
  /**
   * of several differences the first
   */
  kind:
    | 'missing-in-erp'
    | 'missing-in-psa'
    | 'twice-in-psa'
    | 'twice-in-erp'
    | 'unreadable-in-psa'
    | 'unreadable-in-erp'
    | 'person-differs'
    | 'project-differs'
    | 'task-differs'
    | 'entity-differs'
    | 'date-differs'
    | 'minutes-differ'
    | 'billable-differs'
    | 'currency-differs'
    | 'rate-differs'
    | 'rate-missing-in-psa'
    | 'rate-missing-in-erp'
    | 'amount-differs'
    | 'amount-missing-in-psa'
    | 'amount-missing-in-erp'
    | 'reimbursable-differs'
    | 'receipt-differs'
    | 'tax-differs'
    | 'tax-missing-in-psa'
    | 'tax-missing-in-erp';
  /**
   * business id of the record
   */
  key: string;
  message: string;
  /**
   * the row that cannot be read
   */
  unreadable?: {
    id: string;
    field: string;
    key?: string;
    value?: string;
  };
  psa?: TimeFact | ExpenseFact;
  erp?: TimeFact | ExpenseFact;
  differences?: Difference[];
  /**
   * the run that was parked for it
   */
  explained?: {
    run: string;
    status: string;
    message: string;
    words?: Words;
  };
}
/**
 * One side’s view of one time entry, for reconciliation: null = the system says that there is none; absent = it does not tell, so that it cannot be compared. An amount is always told: absent is none
 */
export interface TimeFact {
  /**
   * business id of the entry: system and id there
   */
  key: string;
  /**
   * id in the system that reports it
   */
  id: string;
  /**
   * day of work
   */
  workDate: string;
  /**
   * of work
   */
  minutes: number;
  billable: boolean;
  /**
   * e-mail address in lower case: what both systems know a person by
   */
  person?: string | null;
  /**
   * what has none of the firm’s is named by its id in the system: `#4711`
   */
  projectCode?: string | null;
  /**
   * as `projectCode`
   */
  taskCode?: string | null;
  /**
   * price of an hour, with all its decimals
   */
  rate?: Money | null;
  amount?: Money | null;
  legalEntity?: string | null;
}
/**
 * Money, exact
 */
export interface Money {
  /**
   * decimal
   */
  amount: string;
  /**
   * ISO 4217
   */
  currency: string;
}
/**
 * One side’s view of one expense, for reconciliation: null = the system says that there is none; absent = it does not tell, so that it cannot be compared
 */
export interface ExpenseFact {
  /**
   * business id of the expense: system and id there
   */
  key: string;
  /**
   * id in the system that reports it
   */
  id: string;
  /**
   * on which it was spent
   */
  day: string;
  amount: Money;
  /**
   * that the amount includes
   */
  tax?: Money | null;
  billable: boolean;
  /**
   * paid back to the person
   */
  reimbursable?: boolean;
  /**
   * there is one
   */
  receipt?: boolean;
  /**
   * e-mail address in lower case: what both systems know a person by
   */
  person?: string | null;
  /**
   * what has none of the firm’s is named by its id in the system: `#4711`
   */
  projectCode?: string | null;
  legalEntity?: string | null;
  /**
   * that it was handed in with; not compared
   */
  report?: string;
}
export interface Difference {
  kind:
    | 'person-differs'
    | 'project-differs'
    | 'task-differs'
    | 'entity-differs'
    | 'date-differs'
    | 'minutes-differ'
    | 'billable-differs'
    | 'currency-differs'
    | 'rate-differs'
    | 'rate-missing-in-psa'
    | 'rate-missing-in-erp'
    | 'amount-differs'
    | 'amount-missing-in-psa'
    | 'amount-missing-in-erp'
    | 'reimbursable-differs'
    | 'receipt-differs'
    | 'tax-differs'
    | 'tax-missing-in-psa'
    | 'tax-missing-in-erp';
  psa: string | null;
  erp: string | null;
  message: string;
}
export interface Breaks {
  breaks: Break[];
  /**
   * id; absent = none was made yet
   */
  reconciliation?: string;
  /**
   * epoch ms
   */
  at?: number;
  /**
   * time or expenses
   */
  subject?: string;
  /**
   * so many more there are
   */
  leftOut?: number;
  /**
   * so many there were: they are kept no longer
   */
  forgotten?: number;
}
export interface Preview {
  /**
   * absent = the mapping gives nothing
   */
  result?: Json;
  /**
   * what is wrong by the contract
   */
  issues?: Issue[];
  /**
   * why there is no result
   */
  error?: string;
  words?: Words;
}
/**
 * What a value of one system is in another, in one of its states.
 */
export interface CrosswalkRow {
  id: string;
  /**
   * 1 = as it was added
   */
  version: number;
  table: string;
  /**
   * system, * = whichever
   */
  from: string;
  /**
   * to the letter
   */
  value: string;
  /**
   * system, * = whichever
   */
  to: string;
  target: string;
  /**
   * who made it so
   */
  actor: string;
  /**
   * epoch ms
   */
  at: number;
  /**
   * first day; absent = always has
   */
  validFrom?: string;
  /**
   * last day; absent = until further notice
   */
  validTo?: string;
  reason?: string;
  /**
   * it was taken out
   */
  removed?: boolean;
}
/**
 * What runs found no entry for.
 */
export interface Unmapped {
  table: string;
  /**
   * system, * = whichever
   */
  from: string;
  /**
   * to the letter
   */
  value: string;
  /**
   * system, * = whichever
   */
  to: string;
  /**
   * the days for which it is needed
   */
  firstDate: string;
  lastDate: string;
  /**
   * dead letters that wait for it
   */
  runs: number;
  /**
   * when the first of them asked, epoch ms
   */
  since: number;
  /**
   * id of one of them
   */
  run: string;
}
/**
 * What has come of changes of the crosswalk.
 */
export interface CrosswalkChanged {
  /**
   * those that made a difference; of a trial, that would
   */
  changes: {
    /**
     * of the file, or which change
     */
    line: number;
    row: CrosswalkRow;
    before?: CrosswalkRow;
  }[];
  added: number;
  changed: number;
  removed: number;
  /**
   * as they were already
   */
  same: number;
  /**
   * of a trial: why nothing at all would be changed
   */
  problems: {
    /**
     * of the file, or which change
     */
    line: number;
    message: string;
    remedy: string;
    words?: Words;
  }[];
  /**
   * runs that go on; absent where they are so many that they still do
   */
  released?: number;
}
export interface JournalVerification {
  /**
   * no line was changed, removed or added, and it is the journal that was anchored
   */
  whole: boolean;
  head: JournalHead | null;
  /**
   * the end that was kept outside the store
   */
  anchor: {
    seq: number;
    hash: string;
    at: string;
  } | null;
  /**
   * the first line that is not as it was
   */
  firstBrokenLine?: number;
  /**
   * what shows it
   */
  kind?:
    | 'line'
    | 'missing'
    | 'beyond'
    | 'head'
    | 'head-missing'
    | 'head-twice'
    | 'cut'
    | 'exchanged'
    | 'other'
    | 'anchor-damaged'
    | 'unfinished';
  message?: string;
  remedy?: string;
}
/**
 * Where the journal ends.
 */
export interface JournalHead {
  seq: number;
  hash: string;
}
/**
 * The last line of an export; end is null when the journal’s head was tampered with.
 */
export interface JournalEnd {
  end: JournalHead | null;
  /**
   * RFC 3339 UTC
   */
  exportedAt: string;
}
/**
 * By which a consumer calls business APIs; the key itself is nowhere.
 */
export interface ApiKey {
  id: string;
  /**
   * the system whose it is
   */
  consumer: string;
  /**
   * rights: which APIs it may call
   */
  scopes: string[];
  /**
   * epoch ms
   */
  createdAt: number;
  /**
   * epoch ms
   */
  expiresAt?: number;
  /**
   * epoch ms
   */
  revokedAt?: number;
}
