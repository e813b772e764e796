import type { Said } from '../../model/failure-sentence.ts';
import { plainText } from '../../model/plain-text.ts';
import { isCredential, isSecret, type NodeDeclaration } from '../../declarations/node-declaration.ts';
import { type AjaxFailure, adminRequest, type EditorNode, failureSentence, failureText, words } from './node-red-editor.ts';
import { fieldElement, keptPassword, reader } from './open-form.ts';

/**
 * *Test connection*: asks the runtime to sign in with what the form shows, saved or not. Credentials that were not changed
 * are not sent: the runtime has them, this page never did.
 */
export function connectionTest(node: EditorNode, declaration: NodeDeclaration): void {
  const button = document.getElementById('psconnect-test') as HTMLButtonElement | null;
  const answer = document.getElementById('psconnect-test-answer');
  if (!button || !answer) return;
  const say = (state: 'busy' | 'good' | 'bad', text: string) => {
    answer.className = `psconnect-answer psconnect-${state}`;
    answer.textContent = plainText(text);
  };
  const test = async () => {
    button.disabled = true;
    say('busy', words('form.testing'));
    try {
      const body = await adminRequest('POST', 'connections/test', connectionTestRequest(node, declaration));
      const result = testResult(body, node);
      say(result.ok ? 'good' : 'bad', [result.message, ...result.notices].join('\n'));
    } catch (failure) {
      say('bad', words('form.testFailed', { reason: failureText(failure as AjaxFailure) }));
    } finally {
      button.disabled = false;
    }
  };
  button.addEventListener('click', () => void test());
}

function connectionTestRequest(node: EditorNode, declaration: NodeDeclaration) {
  const read = reader(node, declaration);
  const config: Record<string, unknown> = {};
  const credentials: Record<string, string> = {};
  for (const field of declaration.fields) {
    if (!isCredential(field)) config[field.name] = field.kind === 'number' ? numberOf(read(field.name)) : read(field.name);
    else {
      const typed = fieldElement(node, field.name)?.value ?? '';
      const saved = node.credentials?.[field.name] ?? '';
      // what is no secret is known here, and is not asked for again when it is to go to another address
      if (!isSecret(field) || (typed !== keptPassword && typed !== saved)) credentials[field.name] = typed;
    }
  }
  return { type: node.type, id: node.id, config, credentials };
}

/** An empty field is the standard, not a zero. */
function numberOf(value: unknown): unknown {
  return value === undefined || String(value).trim() === '' ? '' : Number(value);
}

function testResult(body: unknown, node: EditorNode): { ok: boolean; message: string; notices: string[] } {
  const {
    ok,
    message,
    details,
    words: said,
    notices: given,
  } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { typeAnew } = (typeof details === 'object' && details !== null ? details : {}) as Record<string, unknown>;
  // what is wrong with the machine: said with every test
  const notices = Array.isArray(given) ? (given as Said[]).map(failureSentence) : [];
  if (typeof typeAnew === 'string') {
    const fields = typeAnew.split(',').map((name) => node._(`label.${name}`));
    return { ok: false, message: words('form.typeAnew', { fields: fields.join(', ') }), notices };
  }
  return {
    ok: ok === true,
    message:
      typeof message === 'string'
        ? failureSentence({ message, words: said as Said['words'] })
        : words(ok === true ? 'form.testGood' : 'form.testBad'),
    notices,
  };
}
