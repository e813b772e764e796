import { actionNode, momentOf, timeSpan, waitFor, waitUntil } from '../../../runtime/core.ts';

export default actionNode('run-wait', (base) => {
  const { config } = base;
  const moment = config['mode'] === 'until' ? momentOf(base, 'until') : undefined;
  const spanMs = timeSpan(config['amount'], config['unit']);

  return async (message, { active, effects }) => {
    const until = moment ? waitUntil(base, active, await moment(message)) : await waitFor(base, active, effects('flow'), spanMs);
    if (until === undefined) return message;
    setImmediate(() => base.status.show('yellow', 'ring', () => base.words('status.waiting', { until: new Date(until).toLocaleString() })));
    return undefined;
  };
});
