import { edit, files, type Mutant } from './mutant.ts';

const { conclusions, engine, runs, versions } = files;

export const versionMutants: Mutant[] = [
  {
    name: 'what was overtaken is delivered all the same',
    store: 'memory',
    noticedBy: ['an older version', 'an old dead letter'],
    edits: [edit(engine, '} else if (run.overtakenBy) {', '} else if (run.overtakenBy && run.attempts > 99) {')],
  },
  {
    name: 'what was overtaken counts as done',
    store: 'memory',
    noticedBy: ['an older version'],
    edits: [
      edit(
        conclusions,
        `return finish(active, 'over', () => store.overtaken(id, run.token, overtaken.toJSON(), now), 'cancelled');`,
        `return finish(active, 'over', () => store.done(id, run.token, now), 'done');`,
      ),
    ],
  },
  {
    name: 'an older version overtakes a newer one',
    store: 'sqlite',
    noticedBy: ['an older version', 'an old dead letter'],
    edits: [edit(versions, 'AND n.version_at >= ? AND (n.version_at > ?', 'AND n.version_at <= ? AND (n.version_at < ?')],
  },
  {
    name: 'of two versions of the same time neither is the newer one',
    store: 'sqlite',
    noticedBy: ['an old dead letter of the same time'],
    edits: [edit(versions, 'OR n.seq > ?)', 'OR n.seq > ? + 1000)')],
  },
  {
    name: 'only a newer version that is done overtakes',
    store: 'sqlite',
    noticedBy: ['an older version that comes late, and', 'an old dead letter'],
    edits: [
      edit(
        versions,
        `AND (n.status = 'done' OR EXISTS (SELECT 1 FROM effects e WHERE e.run = n.id AND e.of_undo = 0 AND e.status IN ('intended', 'in-doubt', 'done')))`,
        `AND n.status = 'done'`,
      ),
    ],
  },
  {
    name: 'a newer version overtakes although nothing of it was written',
    store: 'sqlite',
    noticedBy: ['an older version'],
    edits: [edit(versions, `AND (n.status = 'done' OR`, `AND (n.status IN ('done', 'dead') OR`)],
  },
  {
    name: 'the version of an event is not stored',
    store: 'sqlite',
    noticedBy: ['an older version', 'an old dead letter'],
    edits: [edit(runs, '...[record, at, content],', '...[null, at, content],')],
  },
];
