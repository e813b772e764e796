import * as ingest from '../bulk/ingest.ts';
import * as bulkQuery from '../bulk/query.ts';
import { batch, graph } from './batch.ts';
import type { Handler } from './call.ts';
import * as collections from './collections.ts';
import { composite } from './composite.ts';
import * as metadata from './metadata.ts';
import * as query from './query.ts';
import * as records from './records.ts';
import { tree } from './tree.ts';

/** Path under `/services/data/vXX.X` → handlers by method. `*` is a parameter. First match wins. */
export const ROUTES: readonly (readonly [string, Readonly<Record<string, Handler>>])[] = [
  ['', { GET: metadata.resources }],
  ['limits', { GET: metadata.limits }],
  ['limits/recordCount', { GET: metadata.recordCount }],
  ['recent', { GET: metadata.recent }],
  ['query', { GET: query.query }],
  ['queryAll', { GET: query.queryAll }],
  ['query/*', { GET: query.queryMore }],
  ['queryAll/*', { GET: query.queryMore }],
  ['tooling/query', { GET: query.toolingQuery }],
  ['search', { GET: query.search }],
  ['parameterizedSearch', { GET: query.parameterizedSearch }],
  ['composite', { POST: composite }],
  ['composite/batch', { POST: batch }],
  ['composite/graph', { POST: graph }],
  ['composite/tree/*', { POST: tree }],
  ['composite/sobjects', { POST: collections.createMany, PATCH: collections.updateMany, DELETE: collections.deleteMany }],
  ['composite/sobjects/*', { GET: collections.readMany, POST: collections.readMany }],
  ['composite/sobjects/*/*', { PATCH: collections.upsertMany }],
  ['jobs/ingest', { POST: ingest.open, GET: ingest.listJobs }],
  ['jobs/ingest/*', { GET: ingest.read, PATCH: ingest.changeState, DELETE: ingest.remove }],
  ['jobs/ingest/*/batches', { PUT: ingest.upload }],
  ['jobs/ingest/*/successfulresults', { GET: ingest.successful }],
  ['jobs/ingest/*/failedresults', { GET: ingest.failed }],
  ['jobs/ingest/*/unprocessedrecords', { GET: ingest.unprocessed }],
  ['jobs/query', { POST: bulkQuery.open, GET: bulkQuery.listJobs }],
  ['jobs/query/*', { GET: bulkQuery.read, PATCH: bulkQuery.abort, DELETE: ingest.remove }],
  ['jobs/query/*/results', { GET: bulkQuery.results }],
  ['sobjects', { GET: metadata.listObjects }],
  ['sobjects/*', { GET: metadata.objectBasics, POST: records.createOne }],
  ['sobjects/*/describe', { GET: metadata.describe }],
  ['sobjects/*/updated', { GET: metadata.updated }],
  ['sobjects/*/deleted', { GET: metadata.deleted }],
  ['sobjects/*/Id', { POST: (call, type = '') => records.createByKey(call, type, 'Id') }],
  ['sobjects/*/*', { GET: records.readOne, PATCH: records.updateOne, DELETE: records.deleteOne }],
  ['sobjects/*/*/*', { GET: records.readByKey, PATCH: records.upsertOne, DELETE: records.deleteByKey, POST: records.createByKey }],
];
