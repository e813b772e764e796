import { adminRequest, type EditorNode, RED, words } from './node-red-editor.ts';

/** A recent message for the form of a node, and which one it is, in words. */
export interface Sample {
  /** absent = it is too large to be shown */
  message?: Record<string, unknown>;
  said: string;
}

/** The last message that came to a node; of one that has had none, the last that left what is wired to it, deployed or not. */
export async function lastMessage(node: EditorNode): Promise<Sample | undefined> {
  const behind = RED.nodes.filterLinks({ target: node }).map(({ source, sourcePort }) => `${source.id}:${sourcePort}`);
  const query = behind.length > 0 ? `?behind=${encodeURIComponent(behind.join(','))}` : '';
  const body = await adminRequest('GET', `nodes/${node.id}/last-input${query}`);
  const { message, at, from, large } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (large) return { said: words('form.largeSample') };
  if (typeof message !== 'object' || message === null) return undefined;
  const format = new Intl.DateTimeFormat(RED.i18n.lang().split('@', 1)[0], { dateStyle: 'medium', timeStyle: 'medium' });
  const said = words(from === undefined ? 'form.sampleOf' : 'form.sampleBefore', { at: format.format(Number(at)) });
  return { message: message as Record<string, unknown>, said };
}
