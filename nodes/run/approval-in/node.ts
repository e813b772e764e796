import { createHash } from 'node:crypto';
import { typedConfig } from '../../../declarations/typed-config.ts';
import type { ActiveRun } from '../../../engine/active-run.ts';
import { editorsIn } from '../../../engine/separation.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import type { PollPage, SourceEvent } from '../../../model/operations.ts';
import { linkSecret } from '../../../runtime/approval-links/link-secret.ts';
import { isUnderWay } from '../../../runtime/decide-approval.ts';
import { messageValue } from '../../../runtime/message-values.ts';
import { readingSource } from '../../../runtime/source-node.ts';
import { toldAs } from '../../../runtime/told-as.ts';
import declaration from './declaration.ts';
import { askOpen, keyOf, momentOf, type Step, toldBefore } from './open-questions.ts';
import { approversIn, questionOf, tellingOf } from './question.ts';

const hour = 3_600_000;

/** What the run of a message has: what is asked is read when it is sent, and is in the store once. */
interface Asked {
  approval: string;
  what: Step['what'];
  at: number;
  approver: string;
}

export default readingSource(declaration, (base) => {
  const { node, pack } = base;
  const form = typedConfig(declaration, base.config);
  const address = addressIn(form.address);
  node.on('close', pack.approvalLinks.open(base.id, linkSecret(base, declaration)));
  if (form.approver.trim() === '') approversIn('');
  const approver = messageValue(base, 'approver');
  const { store, clock } = pack.engine;

  const eventsOf = async (step: Step): Promise<SourceEvent[]> => {
    const run = await store.run(step.approval.run);
    if (!run || (form.watch === 'flow' && run.flow !== base.flow)) return [];
    const question = questionOf(base, step.what, step.approval, run);
    const names = approversIn(await approver({ payload: question, topic: question.title }));
    return names.map((name) => {
      const data: Asked = { approval: step.approval.id, what: step.what, at: step.at, approver: name };
      // neither an id nor a key names a person
      const approverId = createHash('sha256').update(name).digest('hex').slice(0, 12);
      return {
        ...{ id: `${keyOf(step)} ${approverId}`, source: '/ps-connect/approvals' },
        ...{
          type: `com.psconnect.approval.${step.what}`,
          subject: `${run.event.subject}/${step.what}`,
          time: new Date(clock.now()).toISOString(),
        },
        // nobody waits for a message to somebody else
        ...{ key: `${step.approval.id} ${approverId}`, data: data as unknown as Json },
      };
    });
  };

  return {
    async poll(cursor): Promise<PollPage> {
      const rules = `${form.watch} ${form.least}`;
      const { next, ...asked } = await askOpen({ store, now: clock.now(), rules, least: form.least, eventsOf }, toldBefore(cursor));
      return { ...asked, cursor: next as unknown as Json };
    },
    async outputs(message, active) {
      const { approval: id, what, at, approver: name } = message.payload as Asked;
      // whoever changes what a message says would sign a link for himself
      if (await wasEdited(active)) throw new Failure({ class: 'contract.invalid', ...inWords('LINK_APPROVER.changed'), field: 'payload' });
      const approval = await store.approval(id);
      const run = approval && (await store.run(approval.run));
      // it was decided, has ended, or was asked anew since
      if (approval?.status !== 'open' || !run || !isUnderWay(run) || momentOf(approval, what) !== at) return [null, null];
      const began = active.run.renewedAt ?? Date.parse(active.run.event.time);
      const until = Math.min(began + form.validHours * hour, approval.expiresAt ?? Number.POSITIVE_INFINITY);
      const right = { node: base.id, approval: id, requestedAt: approval.requestedAt, until, approver: name };
      const question = questionOf(base, what, approval, run);
      const told = tellingOf(base, question, name, pack.approvalLinks.linkTo(address, right));
      const sent = { ...message, topic: told.title, ...(name.includes('@') ? { to: name } : {}), payload: toldAs[form.format](told) };
      return what === 'escalated' && base.isWired(2) ? [null, sent] : [sent, null];
    },
  };

  async function wasEdited({ id }: ActiveRun): Promise<boolean> {
    return editorsIn(await store.journal({ subject: id, limit: 200, newest: true })).length > 0;
  }
});

function addressIn(text: string): URL {
  const address = URL.parse(text.trim());
  if (!address || !/^https?:$/.test(address.protocol))
    throw new Failure({ class: 'contract.invalid', ...inWords('URL_INVALID', { shown: text }), field: 'address', value: text });
  // that of the console, as **alert** takes it
  address.pathname = address.pathname.replace(/\/ps-connect\/?$/, '');
  return address;
}
