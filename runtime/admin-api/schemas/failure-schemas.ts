import { failureClasses } from '../../../model/failure-details.ts';
import { type Fields, json, listOf, named, object, oneOf, text, wholeNumber } from '../schema.ts';

export const failureSchemas: Fields = {
  Issue: object(
    { code: text(), field: text(), message: text(), remedy: text() },
    { value: text('the offending value, shortened'), words: named('Words') },
    'One thing that is wrong with a record.',
  ),
  Words: object(
    { key: text('of the texts in locales/<language>/failures') },
    { params: listOf(listOf(json()), 'what fills the gaps of the texts: name and value of each; a value may have words itself') },
    'What is said or what something is called, for languages other than English.',
  ),
  Failure: object(
    {
      class: oneOf(failureClasses, 'what happens next'),
      code: text('the system’s own code, or ours'),
      message: text('one sentence in the analyst’s words, in English'),
    },
    {
      system: text('system that said it; absent when it is our own check'),
      record: text('such as time entry 4711, in English'),
      recordWords: named('Words'),
      field: text(),
      value: text('the offending value, shortened'),
      remedy: text('what to do about it'),
      words: named('Words'),
      issues: listOf(named('Issue'), 'further problems of the same record'),
      retryAfterMs: { type: 'number', description: 'ask again not sooner than this many milliseconds' },
      outcome: oneOf(['not-made', 'unknown'], 'of a write'),
      status: wholeNumber('HTTP status, when there was one'),
    },
    'Everything an analyst needs to understand one failure.',
  ),
  Problem: object(
    { message: text('what is wrong, and what to do, in English') },
    { failure: named('Failure'), words: named('Words') },
    'An answer other than 200.',
  ),
  Notice: object(
    { code: text(), message: text(), remedy: text() },
    { words: named('Words') },
    'What is wrong with the machine and stops nothing.',
  ),
  Done: object({ ok: { const: true } }),
};
