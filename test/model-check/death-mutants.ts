import { edit, files, type Mutant } from './mutant.ts';

const { claim, engine, sqlite } = files;

/** Bugs in how runs are told apart that make the process die. */
export const deathMutants: Mutant[] = [
  {
    name: 'suspects are delivered together',
    store: 'memory',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(engine, 'limit: 1, now: this.clock.now()', 'limit: 64, now: this.clock.now()')],
  },
  {
    name: 'a run is delivered however often the process died of it',
    store: 'memory',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(engine, 'run.crashes >= guiltyAfter', 'run.crashes >= 1_000')],
  },
  {
    name: 'a run is given up one death too early',
    store: 'memory',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(engine, 'run.crashes >= guiltyAfter', 'run.crashes >= guiltyAfter - 1')],
  },
  {
    name: 'nobody looks for the next suspect',
    store: 'memory',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(engine, 'if (active.run.crashes >= suspectAfter) this.lookForSuspects(0);', '')],
  },
  {
    name: 'nobody asks at the start whether there are suspects',
    store: 'memory',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(engine, 'this.knowsSuspects ||= opened.suspects;', '')],
  },
  {
    name: 'suspects are delivered with the others',
    store: 'sqlite',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(claim, 'r.head = 1 AND r.crashes < 2 AND', 'r.head = 1 AND'), edit(claim, 'runs r INDEXED BY runs_ready', 'runs r')],
  },
  {
    name: 'deaths are not counted',
    store: 'sqlite',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(sqlite, 'token = token + 1, crashes = crashes + 1, available_at = ?', 'token = token + 1, available_at = ?')],
  },
  {
    name: 'a run that comes one write further each time is given up',
    store: 'sqlite',
    noticedBy: ['a message that makes the process die and'],
    edits: [edit(sqlite, 'if (crashes > 0) this.db.change(', 'if (crashes > 9) this.db.change(')],
  },
];
