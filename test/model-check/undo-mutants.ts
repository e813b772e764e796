import { edit, files, type Mutant } from './mutant.ts';

const { compensation, conclusions, deadline, effectRows, effects, engine, undoing } = files;

/** Bugs of runs that are taken back. */
export const undoMutants: Mutant[] = [
  {
    name: 'writes are undone in the order in which they were made',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(compensation, '(other.place ?? 0) - (one.place ?? 0)', '(one.place ?? 0) - (other.place ?? 0)')],
  },
  {
    name: 'a write that was undone is not marked',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(compensation, 'await store.effectCompensated(effect.key, active.id, active.run.token, clock.now());', '')],
  },
  {
    name: 'a write is marked as undone before it is',
    store: 'memory',
    noticedBy: ['a run is undone by'],
    edits: [
      edit(
        compensation,
        `await this.undoOne(active, effect, left);\n      await store.effectCompensated(effect.key, active.id, active.run.token, clock.now());`,
        `await store.effectCompensated(effect.key, active.id, active.run.token, clock.now());\n      await this.undoOne(active, effect, left);`,
      ),
    ],
  },
  {
    name: 'what leaves nothing behind is undone all the same',
    store: 'memory',
    noticedBy: ['a write that leaves'],
    edits: [edit(compensation, 'if (effect.undo === null) return;', '')],
  },
  {
    name: 'what is in doubt is undone',
    store: 'memory',
    noticedBy: ['what is to be undone'],
    edits: [edit(compensation, 'if (doubtful.length > 0) {', 'if (false) {')],
  },
  {
    name: 'what somebody else may have made is undone',
    store: 'memory',
    noticedBy: ['an undo leaves'],
    edits: [edit(compensation, 'if (unsure.length > 0) {', 'if (false) {')],
  },
  {
    name: 'what can be undone is undone although something else cannot be',
    store: 'memory',
    noticedBy: ['a write that has no'],
    edits: [edit(compensation, 'if (impossible.length > 0) {', 'if (false) {')],
  },
  {
    name: 'what had been there before is undone',
    store: 'memory',
    noticedBy: ['an undo leaves'],
    edits: [edit(compensation, `return effect.status !== 'done' || !effect.found || effect.maker !== undefined;`, 'return true;')],
  },
  {
    name: 'what was found to settle a doubt is left standing',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(compensation, ' || effect.maker !== undefined;', ';')],
  },
  {
    name: 'what is undone already is to be undone again',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(compensation, ` || effect.status === 'compensated') return false;`, ') return false;')],
  },
  {
    name: 'an undo that failed counts as made',
    store: 'memory',
    noticedBy: ['a run is undone by'],
    edits: [
      edit(
        compensation,
        'else if (failure.code !== undoPaused) active.retryLater(failure, entry);',
        'else if (failure.code !== undoPaused) active.undone = true;',
      ),
    ],
  },
  {
    name: 'a branch that failed counts as through',
    store: 'memory',
    noticedBy: ['a branch'],
    edits: [
      edit(
        compensation,
        'else if (failure.code !== undoPaused) active.retryLater(failure, entry);',
        `else if (failure.code !== undoPaused) active.retryLater(failure, entry);\n      else { active.retry = undefined; active.failed = undefined; active.undone = true; }`,
      ),
    ],
  },
  {
    name: 'a write under way is not waited for before the undoing',
    store: 'memory',
    noticedBy: ['a person has a run'],
    edits: [edit(compensation, 'await underWay.get(key)?.catch(() => undefined);', 'void underWay.get(key);')],
  },
  {
    name: 'a run that is to be undone is delivered to the flow',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(engine, '} else if (run.compensating) {', '} else if (false) {')],
  },
  {
    name: 'a run that was undone ends as done',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(conclusions, 'if (!trouble && active.undone) {', 'if (false) {')],
  },
  {
    name: 'a run is parked instead of undone',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(compensation, 'return written.some((effect) => stands(effect) && effect.undo !== null);', 'return false;')],
  },
  {
    name: 'an undo counts as a write of the run',
    store: 'memory',
    noticedBy: ['a run refused'],
    edits: [edit(effects, '...(this.active.run.compensating ? { ofUndo: true } : {}),', '')],
  },
  {
    name: 'an undo has a deadline',
    store: 'memory',
    noticedBy: ['a run that misses'],
    edits: [edit(deadline, 'if (deadlineMs <= 0 || run.compensating) return', 'if (deadlineMs <= 0) return')],
  },
  {
    name: 'a run that a person wants undone is not marked',
    store: 'sqlite',
    noticedBy: ['a person has runs'],
    edits: [
      edit(
        undoing,
        'attempts = 0, available_at = ?, renewed_at = ?, updated_at = ?, compensating = coalesce(compensating, ?)',
        'attempts = 0, available_at = ?, renewed_at = ?, updated_at = ?, waiting_for = coalesce(compensating, ?)',
      ),
    ],
  },
  {
    name: 'a run that is undone is left open',
    store: 'sqlite',
    noticedBy: ['a run refused'],
    edits: [
      edit(
        undoing,
        `\`UPDATE runs SET status = 'cancelled', updated_at = ? WHERE id = ? AND token = ? AND status = 'running'\``,
        `\`UPDATE runs SET status = 'ready', updated_at = ? WHERE id = ? AND token = ? AND status = 'running'\``,
      ),
    ],
  },
  {
    name: 'the settled doubt of an undo lets nobody go on',
    store: 'sqlite',
    noticedBy: ['what is to be undone'],
    edits: [edit(effectRows, ` OR json_extract(failure, '$.code') = 'UNDO_IN_DOUBT')`, ')')],
  },
  {
    name: 'a failure that leads to undoing leaves its attempts used',
    store: 'sqlite',
    noticedBy: ['a run is undone by'],
    edits: [
      edit(
        undoing,
        `SET status = 'ready', attempts = 0, crashes = 0, available_at`,
        `SET status = 'ready', attempts = attempts + 2, crashes = 0, available_at`,
      ),
    ],
  },
  {
    name: 'it is not noted that a record was not there before it was sent',
    store: 'memory',
    noticedBy: ['an undo leaves alone'],
    edits: [edit(effects, '{ sentBefore: doubt, absent, request }', '{ sentBefore: doubt, absent: false, request }')],
  },
];
