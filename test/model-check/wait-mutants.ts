import { edit, files, type Mutant } from './mutant.ts';

const { approvalRows, approvals, conclusions, deadline, effectRows, engine, migrations, personActs, runs } = files;

/** Bugs of runs that wait, ask, or are settled by a person. */
export const waitMutants: Mutant[] = [
  {
    name: 'what came while a run was under way is forgotten',
    store: 'sqlite',
    noticedBy: ['a run waits until'],
    edits: [edit(runs, 'CASE WHEN nudged = 1 THEN ? ELSE ? END', 'CASE WHEN nudged = 9 THEN ? ELSE ? END')],
  },
  {
    name: 'a delivery that only began to wait counts as an attempt',
    store: 'sqlite',
    noticedBy: ['a run that has waited'],
    edits: [edit(runs, `status = 'waiting', attempts = attempts - 1, crashes = 0`, `status = 'waiting', crashes = 0`)],
  },
  {
    name: 'a run that waits is due at once',
    store: 'sqlite',
    noticedBy: ['a run waits'],
    edits: [edit(runs, 'nudged = 1 THEN ? ELSE ? END', 'nudged = 1 THEN ? ELSE min(1, ?) END')],
  },
  {
    name: 'a run that waits counts as done',
    store: 'memory',
    noticedBy: ['a run waits'],
    edits: [edit(conclusions, 'if (!trouble && active.suspended) {', 'if (false) {')],
  },
  {
    name: 'a wait may last longer than the deadline leaves',
    store: 'memory',
    noticedBy: ['a run that waits has'],
    edits: [
      edit(
        conclusions,
        'const until = Math.min(suspended.until ?? Infinity, deadlineOf(run, active.policy));',
        'const until = suspended.until ?? Infinity;',
      ),
    ],
  },
  {
    name: 'another try may come after the deadline',
    store: 'memory',
    noticedBy: ['a run that is tried'],
    edits: [
      edit(
        conclusions,
        'Math.min(now + Math.ceil(decided.delayMs), Math.max(now, deadlineOf(run, active.policy)))',
        'now + Math.ceil(decided.delayMs)',
      ),
    ],
  },
  {
    name: 'nobody looks at the deadline',
    store: 'memory',
    noticedBy: ['a run that waits has'],
    edits: [edit(engine, '} else if (now >= deadlineOf(run, active.policy)) {', '} else if (false) {')],
  },
  {
    name: 'a replayed run has only what is left of its deadline',
    store: 'memory',
    noticedBy: ['a run that waits has'],
    edits: [edit(deadline, 'return (run.renewedAt ?? run.createdAt) + deadlineMs;', 'return run.createdAt + deadlineMs;')],
  },
  {
    name: 'a question that nobody has answered lets the run through',
    store: 'memory',
    noticedBy: ['a question that persons'],
    edits: [edit(approvals, `if (approval.status !== 'open') return approval;`, 'return approval;')],
  },
  {
    name: 'a question never expires',
    store: 'memory',
    noticedBy: ['a question that expires as a no'],
    edits: [
      edit(approvals, 'approval.expiresAt !== undefined && approval.expiresAt <= now) {', 'approval.expiresAt !== undefined && false) {'),
    ],
  },
  {
    name: 'what nobody answers counts as a yes',
    store: 'memory',
    noticedBy: ['a question that expires as a no'],
    edits: [edit(approvals, `rule.onExpiry === 'approve' ? 'approved' : 'expired'`, `'approved'`)],
  },
  {
    name: 'a question that nobody answers does not park its run',
    store: 'memory',
    noticedBy: ['a question that parks'],
    edits: [edit(approvals, `if (rule.onExpiry === 'park') throw expiredFailure(approval);`, '')],
  },
  {
    name: 'nobody is told that nobody answers',
    store: 'memory',
    noticedBy: ['a question that persons'],
    edits: [edit(approvals, 'this.escalate(approval);', '')],
  },
  {
    name: 'nobody wakes to tell that nobody answers',
    store: 'memory',
    noticedBy: ['a question that persons'],
    edits: [
      edit(
        approvals,
        'const ends = [approval.expiresAt, escalates && (approval.escalateAt as number) > now ? approval.escalateAt : undefined];',
        'const ends = [approval.expiresAt];',
      ),
    ],
  },
  {
    name: 'that somebody was told is not noted',
    store: 'memory',
    noticedBy: ['a question that persons'],
    edits: [edit(approvals, 'await this.store.escalateApproval(approval.id, now);', '')],
  },
  {
    name: 'a question is asked anew at each delivery',
    store: 'sqlite',
    noticedBy: ['a question that persons'],
    edits: [
      edit(approvals, 'const known = await this.store.approvalOf(active.id, node);', 'const known = undefined as Approval | undefined;'),
      edit(approvalRows, 'if (known) return known;', ''),
      edit(migrations, 'decided_at INTEGER,\n    UNIQUE (run, node)', 'decided_at INTEGER'),
    ],
  },
  {
    name: 'an answer does not rouse the run',
    store: 'sqlite',
    noticedBy: ['a question that persons'],
    edits: [edit(approvalRows, 'rouseRun(this.db, decided.run, now);', '')],
  },
  {
    name: 'an answer counts when its time is over',
    store: 'sqlite',
    noticedBy: ['an answer that comes'],
    edits: [edit(approvalRows, '(expires_at IS NULL OR expires_at > ?)', '(1 = 1 OR expires_at > ?)')],
  },
  {
    name: 'the second of two answers counts',
    store: 'sqlite',
    noticedBy: ['two persons'],
    edits: [edit(approvalRows, `WHERE id = ? AND status = 'open' AND (expires_at`, 'WHERE id = ? AND (expires_at')],
  },
  {
    name: 'an expired question is not asked again by a replay',
    store: 'sqlite',
    noticedBy: ['a question that parks'],
    edits: [
      edit(personActs, `WHERE run = ? AND status = 'open' AND expires_at <= ?`, `WHERE run = ? AND status = 'nothing' AND expires_at <= ?`),
    ],
  },
  {
    name: 'a doubt that a person has settled lets nobody go on',
    store: 'sqlite',
    noticedBy: ['a person settles'],
    edits: [
      edit(effectRows, `WHERE id = ? AND status = 'dead' AND (json_extract`, `WHERE id = ? AND status = 'nothing' AND (json_extract`),
    ],
  },
  {
    name: 'what a person has seen not to be there counts as made',
    store: 'sqlite',
    noticedBy: ['a person settles'],
    edits: [edit(effectRows, `...[settled.made ? 'done' : 'not-made', settled.made`, `...['done', settled.made`)],
  },
  {
    name: 'a cancelled run that is under way goes on',
    store: 'memory',
    noticedBy: ['a message that a node'],
    edits: [edit(engine, `if (active && !active.over) this.drop(active, 'cancelled');`, '')],
  },
];
