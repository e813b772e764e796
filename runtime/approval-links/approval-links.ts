import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeAPI } from 'node-red';
import type { Engine } from '../../engine/engine.ts';
import { editorsIn } from '../../engine/separation.ts';
import type { Approval } from '../../engine/store/approvals.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import type { FailureLanguage } from '../../model/failure-sentence.ts';
import { concerning, redact } from '../../model/redact.ts';
import { withoutEndingSlashes } from '../../model/uri.ts';
import { languageFor } from '../business-api/languages.ts';
import { decideApproval, whyNoDecision } from '../decide-approval.ts';
import type { Answering, AnsweredBelow } from '../webhook/answering.ts';
import { type Answer, send } from '../webhook/answers.ts';
import { mustBeFree, nodeRoot } from '../webhook/free-path.ts';
import { RecordedBody } from '../webhook/recorded-body.ts';
import { outcomePage, questionPage } from './answer-page.ts';
import { type LinkRight, readRight, signedRight } from './link.ts';

/** Where links lead, below Node-RED's root for HTTP nodes. */
const linkRoot = '/approval-links';
/** of a body: a decision and its reason */
const longestBody = 64 * 1024;
const longestReason = 4_000;
/** of a run's journal that are looked through for who has changed its data */
const mostLines = 1_000;

type Allowed = { right: LinkRight; approval: Approval };
type Refused = { status: number; said: FailureText };

/** Questions that are answered by a link in a message: by whom the link was made for, once, without a sign-in to Node-RED. */
export class ApprovalLinks implements AnsweredBelow {
  private readonly RED: NodeAPI;
  private readonly engine: Engine;
  /** secrets of the nodes that are deployed, by id */
  private readonly secrets = new Map<string, { secret: string; closing: boolean }>();
  /** flows have run: a node that is not there is not only on its way */
  private flowsRan = false;

  constructor(RED: NodeAPI, engine: Engine) {
    this.RED = RED;
    this.engine = engine;
  }

  /** A node makes links from now on; throws a Failure where none can be answered. The answer ends that. */
  open(node: string, secret: string): () => void {
    mustBeFree(this.RED, `${linkRoot}/-`, 'GET');
    const mine = { secret, closing: false };
    this.secrets.set(node, mine);
    return () => void (mine.closing = true);
  }

  /** The flows run: links of nodes that are gone hold no more. */
  sweep(): void {
    this.flowsRan = true;
    for (const [node, { closing }] of this.secrets) if (closing) this.secrets.delete(node);
  }

  /** @param address of this Node-RED, as the approver's browser reaches it */
  linkTo(address: URL, right: LinkRight): string {
    const known = this.secrets.get(right.node);
    if (!known) throw new Error('a node that makes links is open');
    const signed = signedRight(right, known.secret);
    const link = new URL(address.origin);
    link.pathname = `${withoutEndingSlashes(address.pathname)}${nodeRoot(this.RED)}${linkRoot}/${signed}`;
    return link.href;
  }

  isTheirs(path: string): boolean {
    return path.startsWith(`${linkRoot}/`);
  }

  find(method: string, path: string): Answering | undefined {
    if (!this.isTheirs(path)) return undefined;
    const link = path.slice(linkRoot.length + 1);
    return { limit: longestBody, serve: (request, response) => this.serve(method, link, request, response) };
  }

  private serve(method: string, link: string, request: IncomingMessage, response: ServerResponse): void {
    const language = languageFor(request.headers['accept-language']);
    const answered =
      method === 'POST'
        ? this.decide(link, request, language)
        : method === 'GET' || method === 'HEAD'
          ? this.show(link, language)
          : Promise.resolve(refusedPage(405, inWords('LINK.method'), language));
    answered
      .catch(() => refusedPage(503, inWords('LINK.not-now'), language))
      .then((answer) => send(response, answer))
      .catch(() => response.destroy());
  }

  private async show(link: string, language: FailureLanguage): Promise<Answer> {
    const found = await this.look(link);
    if ('said' in found) return refusedPage(found.status, found.said, language);
    const { approval, right } = found;
    const run = await this.engine.store.run(approval.run);
    const { title, details } = redact(concerning({ title: approval.title, details: approval.details }, run?.event)) as Pick<
      Approval,
      'title' | 'details'
    >;
    return questionPage({ ...approval, title, details }, right.approver, language);
  }

  private async decide(link: string, request: IncomingMessage, language: FailureLanguage): Promise<Answer> {
    const body = await RecordedBody.whole(request, longestBody);
    const form = new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    const status = form.get('decision');
    if (status !== 'approved' && status !== 'rejected') return refusedPage(400, inWords('LINK.no-decision'), language);
    const found = await this.look(link);
    if ('said' in found) return refusedPage(found.status, found.said, language);
    const { approver, approval } = found.right;
    // the journal knows whoever has changed the data by another name than a link does
    if (status === 'approved' && (await this.wasEdited(found.approval.run))) return refusedPage(403, inWords('LINK.changed'), language);
    const reason = reasonIn(form.get('reason') ?? '');
    const decision = { status, actor: `link:${approver}`, names: [approver], ...(reason ? { reason } : {}) } as const;
    const refused = await decideApproval(this.engine, approval, decision);
    if (refused) return refusedPage(refused.status, refused.said, language);
    return outcomePage(200, status === 'approved' ? inWords('LINK.approved') : inWords('LINK.rejected'), language);
  }

  private async wasEdited(run: string): Promise<boolean> {
    return editorsIn(await this.engine.store.journal({ subject: run, limit: mostLines, newest: true })).length > 0;
  }

  /** What the link allows, if it does still. */
  private async look(link: string): Promise<Allowed | Refused> {
    const read = readRight(link);
    const known = read && this.secrets.get(read.right.node);
    // it starts, or a deploy is under way
    if (read && (known?.closing ?? !this.flowsRan)) return { status: 503, said: inWords('LINK.not-now') };
    if (!read || !known || !read.isSignedWith(known.secret)) return { status: 404, said: inWords('LINK.unknown') };
    const { right } = read;
    const { store, clock } = this.engine;
    const refused = await whyNoDecision(this.engine, right.approval);
    if (refused) return refused;
    const approval = await store.approval(right.approval);
    if (approval?.requestedAt !== right.requestedAt || right.until <= clock.now()) return { status: 410, said: inWords('LINK.over') };
    return { right, approval };
  }
}

const refusedPage = (status: number, said: FailureText, language: FailureLanguage): Answer => outcomePage(status, said, language);

/** As the journal takes it. */
function reasonIn(text: string): string {
  return text
    .replace(/[\u0000\p{Surrogate}]/gu, '')
    .trim()
    .slice(0, longestReason)
    .replace(/\p{Surrogate}$/u, '');
}
