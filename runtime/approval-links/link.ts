import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed link allows: to answer one question in one person's name, until a moment. */
export interface LinkRight {
  /** the node that gave it */
  node: string;
  /** id of the question */
  approval: string;
  /** when that was asked (epoch ms): a link to what was asked before a replay is not one to what is asked after it */
  requestedAt: number;
  /** in whose name */
  approver: string;
  /** epoch ms */
  until: number;
}

const version = 1;
/** more letters than any link of ours has */
const longest = 4_000;

/** The part of a link that says what it allows, and is signed with the node's secret (HMAC-SHA256): of letters that stand in any address. */
export function signedRight({ node, approval, requestedAt, until, approver }: LinkRight, secret: string): string {
  const said = Buffer.from(JSON.stringify([version, node, approval, requestedAt, until, approver])).toString('base64url');
  return `${said}.${signatureOf(said, secret).toString('base64url')}`;
}

/** What a link says that it allows; it holds where `isSignedWith` the secret of its node. Undefined = it is none of ours. */
export function readRight(link: string): { right: LinkRight; isSignedWith(secret: string): boolean } | undefined {
  if (link.length > longest) return undefined;
  const [, said, signature] = /^([\w-]+)\.([\w-]{43})$/.exec(link) ?? [];
  if (said === undefined || signature === undefined) return undefined;
  const right = rightIn(said);
  return right && { right, isSignedWith: (secret) => timingSafeEqual(Buffer.from(signature, 'base64url'), signatureOf(said, secret)) };
}

function rightIn(said: string): LinkRight | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(said, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 6) return undefined;
    const [from, node, approval, requestedAt, until, approver] = parts as unknown[];
    if (from !== version || typeof requestedAt !== 'number' || typeof until !== 'number') return undefined;
    return typeof node === 'string' && typeof approval === 'string' && typeof approver === 'string'
      ? { node, approval, requestedAt, until, approver }
      : undefined;
  } catch {
    return undefined;
  }
}

const signatureOf = (said: string, secret: string): Buffer => createHmac('sha256', secret).update(said).digest();
