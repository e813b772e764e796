import { type Fields, flag, listOf, moment, named, object, text, wholeNumber } from '../schema.ts';

const words = {
  table: text(),
  from: text('system, * = whichever'),
  value: text('to the letter'),
  to: text('system, * = whichever'),
};

export const crosswalkSchemas: Fields = {
  CrosswalkRow: object(
    { id: text(), version: wholeNumber('1 = as it was added'), ...words, target: text(), actor: text('who made it so'), at: moment() },
    {
      validFrom: text('first day; absent = always has'),
      validTo: text('last day; absent = until further notice'),
      reason: text(),
      removed: flag('it was taken out'),
    },
    'What a value of one system is in another, in one of its states.',
  ),
  Unmapped: object(
    {
      ...words,
      firstDate: text('the days for which it is needed'),
      lastDate: text(),
      runs: wholeNumber('dead letters that wait for it'),
      since: moment('when the first of them asked'),
      run: text('id of one of them'),
    },
    {},
    'What runs found no entry for.',
  ),
  CrosswalkChanged: object(
    {
      changes: listOf(
        object({ line: wholeNumber('of the file, or which change'), row: named('CrosswalkRow') }, { before: named('CrosswalkRow') }),
        'those that made a difference; of a trial, that would',
      ),
      added: wholeNumber(),
      changed: wholeNumber(),
      removed: wholeNumber(),
      same: wholeNumber('as they were already'),
      problems: listOf(
        object({ line: wholeNumber('of the file, or which change'), message: text(), remedy: text() }, { words: named('Words') }),
        'of a trial: why nothing at all would be changed',
      ),
    },
    { released: wholeNumber('runs that go on; absent where they are so many that they still do') },
    'What has come of changes of the crosswalk.',
  ),
};
