import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import type { Json } from '../model/json.ts';
import { notStorable } from '../model/storable-event.ts';
import { obstacleIn } from '../model/storable.ts';
import type { ActiveRun } from './active-run.ts';
import type { Clock } from './clock.ts';
import type { Severity } from './retry-policy.ts';
import type { Approval } from './store/approvals.ts';
import type { Store } from './store.ts';

/** What to ask, worked out only when it has not been asked yet. */
export interface Question {
  title: string;
  details: Json;
  severity: Severity;
  requestedBy?: string[];
  /** approved without a person */
  byRule: boolean;
}

export interface ApprovalRule {
  /** 0 = never */
  expiresAfterMs: number;
  onExpiry: 'reject' | 'approve' | 'park';
  /** 0 = never */
  escalateAfterMs: number;
}

/** Asks a person and waits as long as it takes: the run is suspended, and comes to the same node again when there is an answer. */
export class Approvals {
  private readonly store: Store;
  private readonly clock: Clock;
  /** tells somebody that nobody has answered; told again if the process dies before that is noted */
  private readonly escalate: (approval: Approval) => void;

  constructor(ports: { store: Store; clock: Clock; escalate(approval: Approval): void }) {
    this.store = ports.store;
    this.clock = ports.clock;
    this.escalate = ports.escalate;
  }

  /** The decision; undefined = there is none yet, and the run waits for it once its messages are out. */
  async ask(active: ActiveRun, node: string, rule: ApprovalRule, question: () => Promise<Question>): Promise<Approval | undefined> {
    const known = await this.store.approvalOf(active.id, node);
    let approval = known ?? (await this.request(active, node, rule, await question()));
    const now = this.clock.now();
    if (approval.status === 'open' && approval.expiresAt !== undefined && approval.expiresAt <= now) {
      if (rule.onExpiry === 'park') throw expiredFailure(approval);
      approval = (await this.store.expireApproval(approval.id, rule.onExpiry === 'approve' ? 'approved' : 'expired', now)) ?? approval;
    }
    if (approval.status !== 'open') return approval;
    const escalates = approval.escalateAt !== undefined && approval.escalatedAt === undefined;
    if (escalates && (approval.escalateAt as number) <= now) {
      this.escalate(approval);
      await this.store.escalateApproval(approval.id, now);
    }
    const ends = [approval.expiresAt, escalates && (approval.escalateAt as number) > now ? approval.escalateAt : undefined];
    const until = Math.min(...ends.map((end) => end ?? Number.POSITIVE_INFINITY));
    active.suspend({ reason: approval.title, node, ...(Number.isFinite(until) ? { until } : {}) });
    return undefined;
  }

  private async request(
    active: ActiveRun,
    node: string,
    rule: ApprovalRule,
    { title, details, severity, requestedBy, byRule }: Question,
  ): Promise<Approval> {
    const now = this.clock.now();
    const obstacle = obstacleIn(details, 'details', 'message');
    if (obstacle) throw notStorable(obstacle);
    return this.store.requestApproval(
      {
        run: active.id,
        node,
        title,
        details,
        severity,
        ...(requestedBy?.length ? { requestedBy } : {}),
        ...(byRule ? { rule: 'approved' as const } : {}),
        ...(rule.expiresAfterMs > 0 ? { expiresAt: now + rule.expiresAfterMs } : {}),
        ...(rule.escalateAfterMs > 0 ? { escalateAt: now + rule.escalateAfterMs } : {}),
      },
      active.run.token,
      now,
    );
  }
}

function expiredFailure({ title, expiresAt }: Approval): Failure {
  return new Failure({
    class: 'business.rejected',
    ...inWords('APPROVAL_EXPIRED', { title }),
    value: new Date(expiresAt ?? 0).toISOString(),
  });
}
