import { edit, files, type Mutant } from './mutant.ts';

const { claim, effectRows, engine, opening, suspects } = files;

/** Bugs in how runs are told apart that make the process die. */
export const deathMutants: Mutant[] = [
  {
    name: 'suspects are delivered together',
    store: 'memory',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(suspects, 'this.desk.claim(1)', 'this.desk.claim(64)')],
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
    edits: [edit(engine, 'if (isSuspect(active.run)) this.suspects.look(0);', '')],
  },
  {
    name: 'nobody asks at the start whether there are suspects',
    store: 'memory',
    noticedBy: ['a message that makes the process die, beside another'],
    edits: [edit(engine, 'this.suspects.seen(opened.suspects);', '')],
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
    edits: [edit(opening, 'token = token + 1, crashes = crashes + 1, available_at = ?', 'token = token + 1, available_at = ?')],
  },
  {
    name: 'a run that comes one write further each time is given up',
    store: 'sqlite',
    noticedBy: ['a message that makes the process die and'],
    edits: [edit(effectRows, 'if (crashes > 0) this.db.change(', 'if (crashes > 9) this.db.change(')],
  },
];
