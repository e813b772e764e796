import { phrase } from '../../../model/failure-words.ts';

/** What an answer is to, as failures name it. */
export const askedFor = {
  versions: phrase('ANSWER_SHAPE.of-versions'),
  objects: phrase('ANSWER_SHAPE.of-objects'),
  description: phrase('ANSWER_SHAPE.of-description'),
  organization: phrase('ANSWER_SHAPE.of-organization'),
  query: phrase('ANSWER_SHAPE.of-query'),
  subQuery: phrase('ANSWER_SHAPE.of-sub-query'),
  record: phrase('ANSWER_SHAPE.of-record'),
  upsert: phrase('ANSWER_SHAPE.of-upsert'),
  collection: phrase('ANSWER_SHAPE.of-collection'),
  bulkJob: phrase('ANSWER_SHAPE.of-bulk-job'),
  bulkResult: phrase('ANSWER_SHAPE.of-bulk-result'),
};
