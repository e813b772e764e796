import { typedConfig } from '../../../declarations/typed-config.ts';
import { Approvals, type ApprovalRule } from '../../../engine/approvals.ts';
import { boundedText } from '../../../model/bounded-text.ts';
import { inWords } from '../../../model/failure-words.ts';
import { actionNode, type Perform } from '../../../runtime/action-node.ts';
import { keptValue } from '../../../runtime/message-parts.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';
import declaration from './declaration.ts';

const hour = 3_600_000;
/** of the question, and of the name of who asks */
const longestText = 300;

export default actionNode(declaration, approval, { waiting: (base, count) => base.words('status.asking', { count }) });

function approval(base: PackNode): Perform {
  const { node, pack } = base;
  const form = typedConfig(declaration, base.config);
  const title = messageValue(base, 'title');
  const details = form.details ? messageValue(base, 'details') : undefined;
  const requestedBy = form.requestedBy ? messageValue(base, 'requestedBy') : undefined;
  const autoApprove = form.autoApprove ? messageValue(base, 'autoApprove') : undefined;
  const rule: ApprovalRule = {
    expiresAfterMs: Math.round(form.expiresAfterHours * hour),
    onExpiry: form.onExpiry,
    escalateAfterMs: Math.round(form.escalateAfterHours * hour),
  };
  const expiredIsWired = base.isWired(3);
  const approvals = new Approvals({
    store: pack.engine.store,
    clock: pack.engine.clock,
    // outside every run: an alert that fails must not stop the run that waits
    escalate: (approval) =>
      pack.tracking.outside(() => node.send([null, null, null, { payload: approval, topic: approval.title } as never] as never)),
  });

  return async (message, { active }) => {
    const decided = await approvals.ask(active, base.id, rule, async () => {
      const [asked, shown, approved, askers] = await Promise.all([
        title(message),
        details?.(message),
        autoApprove?.(message),
        requestedBy?.(message),
      ]);
      if (typeof asked !== 'string' || asked.trim() === '') throw wrongInput('title', asked, inWords('INPUT_WRONG.question'));
      return {
        title: boundedText(asked, longestText),
        details: keptValue(shown, 'details'),
        requestedBy: namesIn(askers),
        severity: form.severity,
        byRule: approved === true,
      };
    });
    if (!decided) return undefined;
    const { id, status, decidedBy: by, reason, decidedAt } = decided;
    const approval = {
      id,
      title: decided.title,
      status,
      by,
      ...(reason === undefined ? {} : { reason }),
      at: new Date(decidedAt ?? 0).toISOString(),
    };
    const sent = { ...message, approval };
    if (status === 'approved') return [sent, null, null, null];
    return status === 'expired' && expiredIsWired ? [null, null, sent, null] : [null, sent, null, null];
  };
}

/** One name or several; an expression that finds nobody names nobody, and anything else is a mistake: whom it meant could decide. */
function namesIn(value: unknown): string[] {
  if (value === undefined || value === null || value === '') return [];
  const names = Array.isArray(value) ? (value as unknown[]) : [value];
  return names.map((name) => {
    // one that is cut would be nobody's, and whoever bears it could decide
    if (typeof name !== 'string' || name.length > longestText) throw wrongInput('requestedBy', name, inWords('INPUT_WRONG.who-asks'));
    return name;
  });
}
