import { edit, files, type Mutant } from './mutant.ts';

const {
  active,
  claim,
  conclusions,
  effectRows,
  effects,
  endings,
  engine,
  journal,
  migrations,
  opening,
  policy,
  runRows,
  runs,
  stall,
  watch,
} = files;

const inEffects: Mutant[] = [
  {
    name: 'a run that was said to only read is given up although it has written',
    store: 'memory',
    noticedBy: ['writes of a run that was said'],
    edits: [edit(conclusions, '(effects) => effects.length === 0,', '() => true,')],
  },
  {
    name: 'the intent is not committed before the request is sent',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [
      edit(effects, 'const before = await this.store.intend(', 'const before: Effect | undefined = undefined; void this.store.intend('),
    ],
  },
  {
    name: 'the result is stored before the request is sent',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [
      edit(
        effects,
        'result = await write.send(attempt);',
        `await this.store.finishEffect(key, { status: 'done', result: null }, this.clock.now()); result = await write.send(attempt);`,
      ),
    ],
  },
  {
    name: 'a doubt is not looked up',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(effects, 'if (doubt || (write.lookFirst && write.probe)) {', 'if (write.lookFirst && write.probe) {')],
  },
  {
    name: 'a record that may exist already is not looked for',
    store: 'memory',
    noticedBy: ['records that may'],
    edits: [edit(effects, 'if (doubt || (write.lookFirst && write.probe)) {', 'if (doubt) {')],
  },
  {
    name: 'an intent without an outcome is no doubt',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(effects, `(before.status === 'intended' || before.status === 'in-doubt')`, `before.status === 'in-doubt'`)],
  },
  {
    name: 'an answer that was lost is no doubt',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(effects, `(before.status === 'intended' || before.status === 'in-doubt')`, `before.status === 'intended'`)],
  },
  {
    name: 'a write of unknown outcome counts as not made',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [
      edit(effects, `if (failure.outcome === 'unknown') return 'in-doubt';`, `if (failure.outcome === 'unknown') return 'not-made';`),
    ],
  },
  {
    name: 'a write that is done is made again',
    store: 'memory',
    noticedBy: ['two writes'],
    edits: [edit(effects, `if (before?.status === 'done') {`, `if (before?.status === ('never' as string)) {`)],
  },
  {
    name: 'a record that was found is not stored as the result',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(effects, `{ status: 'done', result: found, found: true,`, `{ status: 'in-doubt', result: found, found: true,`)],
  },
  {
    name: 'a record that was found is created all the same',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(effects, 'return found;\n      }\n', '}\n')],
  },
  {
    name: 'what only a person can settle is sent again',
    store: 'memory',
    noticedBy: ['writes that only a person'],
    edits: [edit(effects, `if (doubt && write.settle === 'person') {`, 'if (false) {')],
  },
  {
    name: 'a request that may still be carried out is sent again at once',
    store: 'memory',
    noticedBy: ['requests that'],
    edits: [edit(effects, 'if (left <= 0) return;', 'return;')],
  },
  {
    name: 'a look-up that began too early counts when its answer comes late',
    store: 'memory',
    noticedBy: ['look-ups that'],
    edits: [edit(effects, '(write.settleAfterMs ?? 0) - askedAt;', '(write.settleAfterMs ?? 0) - this.clock.now();')],
  },
  {
    name: 'what is sent again is not intended again',
    store: 'memory',
    noticedBy: ['requests sent'],
    edits: [
      edit(
        effects,
        'for (let again = doubt || absent; again || this.clock.now() - intendedAt > freshMs; again = false) {',
        'for (let again = doubt || absent; false; again = false) {',
      ),
    ],
  },
  {
    name: 'an intent that has grown old is not committed anew',
    store: 'memory',
    noticedBy: ['requests that', 'records looked up'],
    edits: [edit(effects, 'again || this.clock.now() - intendedAt > freshMs;', 'again;')],
  },
  {
    name: 'of several that wait for one write, all go on at once',
    store: 'memory',
    noticedBy: ['the same write'],
    edits: [
      edit(
        effects,
        'for (let earlier = this.underWay.get(key); earlier; earlier = this.underWay.get(key)) await earlier.catch(() => undefined);',
        'const earlier = this.underWay.get(key); if (earlier) await earlier.catch(() => undefined);',
      ),
    ],
  },
  {
    name: 'nobody waits for the write that is under way',
    store: 'memory',
    noticedBy: ['the same write'],
    edits: [edit(effects, 'this.underWay.set(key, writing);', '')],
  },
  {
    name: 'a failed write is told as made',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(effects, 'throw failure;\n    }\n    await', 'return null as never;\n    }\n    await')],
  },
];

const inEngine: Mutant[] = [
  {
    name: 'a delivery that is over may still write until the store knows',
    store: 'memory',
    noticedBy: ['a node that goes on'],
    edits: [edit(effects, 'if (this.active.over) throw takenOver();', '')],
  },
  {
    name: 'a run that fails for ever is never given up',
    store: 'memory',
    noticedBy: ['a system that takes nothing'],
    edits: [edit(policy, 'if (attempt >= policy.maxAttempts) {', 'if (attempt >= 1_000_000) {')],
  },
  {
    name: 'a run is given up one attempt too early',
    store: 'memory',
    noticedBy: ['two keys, one'],
    edits: [edit(policy, 'if (attempt >= policy.maxAttempts) {', 'if (attempt >= policy.maxAttempts - 1) {')],
  },
  {
    name: 'a run is concluded while nodes still have its messages',
    store: 'memory',
    noticedBy: ['two nodes'],
    edits: [
      edit(active, 'if (this.messages === 0) this.scheduleConclusion();', 'this.scheduleConclusion();'),
      edit(active, 'if (this.messages === 0 && !this.over) this.concluded(this);', 'if (!this.over) this.concluded(this);'),
    ],
  },
  {
    name: 'a run that lost messages to a deploy counts as done',
    store: 'memory',
    noticedBy: ['two nodes one'],
    edits: [edit(conclusions, 'if (active.interrupted) {', 'if (false) {')],
  },
  {
    name: 'a failure that another attempt may cure is forgotten',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(conclusions, '(active.failed ?? active.retry);', 'active.failed;')],
  },
  {
    name: 'a failure that needs a person is forgotten',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(conclusions, '(active.failed ?? active.retry);', 'active.retry;')],
  },
  {
    name: 'nobody looks for the next run when one has ended',
    store: 'memory',
    noticedBy: ['two events of one key'],
    edits: [edit(engine, `this.suspects.look(0); // the next one\n    this.wake();`, `this.suspects.look(0);`)],
  },
  {
    name: 'a call to look again while looking is lost',
    store: 'memory',
    noticedBy: ['events read', 'two events'],
    edits: [edit(engine, 'this.again = true;', '')],
  },
  {
    name: 'nobody looks when a run that waits has become due',
    store: 'memory',
    noticedBy: ['one write'],
    edits: [edit(engine, 'this.cancelTimer = this.clock.after(delay, () => this.wake());', '')],
  },
  {
    name: 'a message that a node swallowed is waited for without end',
    store: 'memory',
    noticedBy: ['a message that a node'],
    edits: [edit(stall, 'now - active.movedAt < active.policy.stallAfterMs', 'active.movedAt > 0')],
  },
  {
    name: 'an ending that the store could not take is forgotten',
    store: 'memory',
    noticedBy: ['a disk'],
    edits: [edit(endings, 'this.unsaved.set(', 'new Map().set(')],
  },
  {
    name: 'after the store failed nobody tries again',
    store: 'memory',
    noticedBy: ['a disk'],
    edits: [edit(engine, 'this.cancelTimer = this.clock.after(5_000, () => this.wake());', '')],
  },
];

const inInstances: Mutant[] = [
  {
    name: 'the clock of the store is believed however long its answer took',
    store: 'memory',
    noticedBy: ['a frozen instance', 'two instances, one of which is frozen'],
    edits: [edit(watch, 'beat.at !== undefined && took < 1_000', 'beat.at !== undefined')],
  },
  {
    name: 'an instance does not report that it is alive',
    store: 'memory',
    noticedBy: ['two instances, one of which dies'],
    edits: [edit(watch, 'if (this.watching) this.cancelBeat = this.local.after(next, () => void this.beat());', '')],
  },
];

const inStore: Mutant[] = [
  {
    name: 'a run is taken although an earlier one of its key is open',
    store: 'sqlite',
    noticedBy: ['two events of one key'],
    edits: [
      edit(
        claim,
        `r.head = 1 AND r.crashes < 2 AND r.entry = ? AND \${notUnderWay} ORDER BY r.rank`,
        'r.crashes < 2 AND r.entry = ? ORDER BY r.rank',
      ),
      edit(claim, 'runs r INDEXED BY runs_ready', 'runs r'),
    ],
  },
  {
    name: 'a run is taken although an earlier one of its key waits',
    store: 'sqlite',
    noticedBy: ['two events of one key'],
    edits: [
      edit(migrations, 'UPDATE runs SET head = 0 WHERE seq = NEW.seq AND EXISTS (', 'UPDATE runs SET head = 0 WHERE 1 = 0 AND EXISTS ('),
    ],
  },
  {
    name: 'a dead letter holds its key up',
    store: 'sqlite',
    noticedBy: ['a key that never'],
    edits: [
      edit(
        migrations,
        'UPDATE runs SET head = 1 WHERE head = 0 AND seq = (',
        "UPDATE runs SET head = 1 WHERE NEW.status <> 'dead' AND head = 0 AND seq = (",
      ),
    ],
  },
  {
    name: 'a run is taken before it is due',
    store: 'sqlite',
    noticedBy: ['one write'],
    edits: [edit(claim, 'AND r.available_at <= ? AND', 'AND r.available_at <= ? + 1000000 AND')],
  },
  {
    name: 'a delivery is not counted',
    store: 'sqlite',
    noticedBy: ['two keys, one'],
    edits: [edit(claim, 'token = token + 1, attempts = attempts + 1, revision', 'token = token + 1, revision')],
  },
  {
    name: 'the runs of a process that died stay under way',
    store: 'sqlite',
    noticedBy: ['one write'],
    edits: [
      edit(
        opening,
        "token = token + 1, crashes = crashes + 1, available_at = ?, updated_at = ? WHERE status = 'running'",
        "token = token + 1, crashes = crashes + 1, available_at = ?, updated_at = ? WHERE status = 'nothing'",
      ),
    ],
  },
  {
    name: 'the same event makes a second run',
    store: 'sqlite',
    noticedBy: ['events read again', 'events read from'],
    edits: [
      edit(runs, ' ON CONFLICT (entry, event_source, event_id) DO NOTHING', ''),
      edit(migrations, 'CREATE UNIQUE INDEX runs_event', 'CREATE INDEX runs_event'),
    ],
  },
  {
    name: 'the cursor is stored before the events',
    store: 'sqlite',
    noticedBy: ['events read again', 'events read from'],
    edits: [
      edit(
        runs,
        "accept({ entry, flow, severity, events, cursor, now }: Parameters<RunStore['accept']>[0]) {",
        "async accept({ entry, flow, severity, events, cursor, now }: Parameters<RunStore['accept']>[0]) { if (cursor) await this.db.write(() => this.db.change('INSERT INTO cursors (source, value, updated_at) VALUES (?, ?, ?) ON CONFLICT (source) DO UPDATE SET value = excluded.value', cursor.source, JSON.stringify(cursor.value), now));",
      ),
    ],
  },
  {
    name: 'the journal is written outside the transaction',
    store: 'sqlite',
    noticedBy: ['one write'],
    edits: [edit(opening, 'appendLine(this.db, line, now);', 'void this.db.write(() => appendLine(this.db, line, now));')],
  },
  {
    name: 'a line of the journal does not cover the one before',
    store: 'sqlite',
    noticedBy: ['two writes'],
    edits: [edit(journal, 'previous: head.hash }', 'previous: journalStart }')],
  },
  {
    name: 'a delivery that is over may still write, says the store',
    store: 'sqlite',
    noticedBy: ['a person acts'],
    edits: [
      edit(
        runRows,
        "`SELECT crashes FROM runs WHERE id = ? AND token = ? AND status = 'running'`, run, token",
        '`SELECT crashes FROM runs WHERE id = ?`, run',
      ),
    ],
  },
  {
    name: 'a delivery that was given back counts as an attempt',
    store: 'sqlite',
    noticedBy: ['a key that never'],
    edits: [edit(runs, 'token = token + 1, attempts = attempts - 1, ', 'token = token + 1, ')],
  },
  {
    name: 'what was rejected or not made is not intended again',
    store: 'sqlite',
    noticedBy: ['one write'],
    edits: [edit(effectRows, "if (sendAnew.has(String(before['status']))) {", 'if (false) {')],
  },
];

/** Bugs of runs that write. */
export const writeMutants: Mutant[] = [...inEffects, ...inEngine, ...inInstances, ...inStore];
