import { randomUUID } from 'node:crypto';
import { typedConfig } from '../../../declarations/typed-config.ts';
import type { Run } from '../../../engine/store/runs.ts';
import type { FailingSource } from '../../../engine/store/sources.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import type { PollPage, SourceEvent } from '../../../model/operations.ts';
import { readingSource } from '../../../runtime/source-node.ts';
import { toldAs } from '../../../runtime/told-as.ts';
import { type Alert, alertOf } from './alert.ts';
import declaration from './declaration.ts';
import { type AlertRules, type Change, look, type Problems, type Stands } from './problems.ts';
import { quietHours } from './quiet-hours.ts';

const minute = 60_000;

export default readingSource(declaration, (base) => {
  const { pack } = base;
  const form = typedConfig(declaration, base.config);
  const rules: AlertRules = {
    ...(form.watch === 'flow' ? { flow: base.flow } : {}),
    ...{ least: form.least, recovery: form.recovery, isQuiet: quietHours(form) },
    ...{ waitingMs: form.waitingMinutes * minute, escalateMs: form.escalateMinutes * minute, againMs: form.againMinutes * minute },
  };

  const linkTo = linksInto(form.console.trim());

  const event = async (level: Alert['level'], changes: readonly Change[], seen: Seen): Promise<SourceEvent[]> => {
    if (changes.length === 0) return [];
    const { now, failing } = seen;
    const alert = await alertOf(base, level, changes, { linkTo, failing });
    return [
      {
        ...{ id: randomUUID(), source: '/ps-connect/alerts', type: `com.psconnect.${level}.raised` },
        ...{ subject: alert.title, time: new Date(now).toISOString(), key: base.id, data: alert as unknown as Json },
      },
    ];
  };

  return {
    async poll(cursor): Promise<PollPage> {
      const now = pack.clock.now();
      const { store } = pack.engine;
      // of a source that was removed or disabled while it failed nobody knows whether it would read
      const failing = (await store.failingSources()).filter(({ source }) => base.RED.nodes.getNode(source));
      const standing = [...(await store.standing()), ...failing.map(standsStill)];
      const { changes, problems } = look((cursor ?? {}) as unknown as Problems, standing, rules, now);
      // where nobody listens for steps up they are told with the rest
      const hasLadder = base.isWired(2);
      const up = changes.filter(({ what, problem }) => hasLadder && (what === 'escalated' || (what === 'over' && problem.told?.steps)));
      const here = changes.filter(({ what }) => !hasLadder || what !== 'escalated');
      const events = [...(await event('escalation', up, { now, failing })), ...(await event('alert', here, { now, failing }))];
      return { events, cursor: problems as unknown as Json, more: false };
    },
    outputs(message) {
      const alert = message.payload as Alert;
      const { title, text } = alert;
      const sent = { ...message, topic: title, payload: toldAs[form.format]({ title, text, fields: alert }) };
      return alert.level === 'escalation' ? [null, sent] : [sent, null];
    },
  };
});

interface Seen {
  now: number;
  failing: readonly FailingSource[];
}

const standsStill = ({ source, flow, severity, failure, since }: FailingSource): Stands => ({
  ...{ status: 'source', flow, node: source, class: failure.class, severity, runs: 1, newestAt: since },
});

/** As the console's page reads its address (`console/page-place.ts`). */
function linksInto(console: string): (run: Run) => string | undefined {
  if (console === '') return () => undefined;
  if (!URL.canParse(console) || !/^https?:$/.test(new URL(console).protocol))
    throw new Failure({ class: 'contract.invalid', ...inWords('URL_INVALID', { shown: console }), field: 'console', value: console });
  return ({ id, status }) => {
    const link = new URL(console);
    link.hash = new URLSearchParams({ ...(status === 'dead' ? { tab: 'dead' } : {}), run: id }).toString();
    return link.href;
  };
}
