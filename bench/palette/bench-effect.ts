import { HttpClient } from '../../connectors/http/client.ts';
import { actionNode } from '../../runtime/action-node.ts';

/** One durable write per message, made as connectors make theirs: through the effects of the run and the one HTTP client. Without a URL the write is empty. */
export default actionNode({ type: 'bench-effect', area: 'runs', inputs: 1, outputs: 1, fields: [] }, (base) => {
  const { url } = base.config as { url?: string };
  const http = url
    ? new HttpClient({
        system: 'bench',
        baseUrl: url,
        concurrency: 128,
        timeoutMs: 30_000,
        classify: ({ status }) => ({ class: 'internal', code: String(status), message: `The system answered ${status}.` }),
      })
    : undefined;
  return async (message, { effects, signal }) => {
    const { id = String(message.topic) } = message.payload as { id?: string };
    const body = { id, node: base.id };
    await effects('bench').write({
      key: `entry ${id}`,
      title: `Entry ${id}`,
      request: body,
      settle: 'repeat',
      send: async () => {
        const answer = await http?.request<{ id: string }>({ method: 'POST', url: 'entries', body, signal });
        return { id: answer?.body.id ?? id };
      },
    });
    return message;
  };
});
