#!/usr/bin/env node
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withoutEndingSlashes } from '../model/uri.ts';
import { type DocumentChanges, documentChanges } from './document-changes.ts';

const usage = `ps-connect-apis <address> --out <folder>
ps-connect-apis <address> --check <folder>

Asks a running Node-RED what its flows offer, as they are deployed: openapi.json (the business APIs), asyncapi.json (the events).
<address>  of its editor, with the path where it has one: http://localhost:1880
--out      writes both files there
--check    writes nothing, and says what is no longer as these files have it

Where the editor asks who one is, the environment gives an access token in PSCONNECT_TOKEN; it needs ps-connect.read.
The last line is JSON. Exit code 0: written, or as it was; 1: not as it was; 2: it could not be asked.`;

const documents = { 'openapi.json': 'business-apis', 'asyncapi.json': 'business-events' } as const;
/** Said in English, as the rest of a command is: without the catalogues of failures it is a tenth of the size. */
class NotAsked extends Error {
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** milliseconds in which an answer must have come */
const patience = 30_000;

async function run(): Promise<void> {
  const options = { out: { type: 'string' }, check: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [address, ...more] = positionals;
  const { out, check, help } = values;
  if (help || address === undefined || more.length > 0 || (out === undefined) === (check === undefined)) {
    console.error(usage);
    process.exitCode = help ? 0 : 2;
    return;
  }
  const offered = new Map<string, object>();
  for (const [file, name] of Object.entries(documents)) offered.set(file, await told(address, name));
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    for (const [file, document] of offered) writeFileSync(join(out, file), `${JSON.stringify(document, undefined, 2)}\n`);
    console.log(JSON.stringify({ written: [...offered.keys()].map((file) => join(out, file)) }));
    return;
  }
  const changes: Record<string, DocumentChanges> = {};
  for (const [file, document] of offered) changes[file] = documentChanges(kept(join(check!, file)), document);
  const isSame = Object.values(changes).every((of) => Object.values(of).every((names: string[]) => names.length === 0));
  console.log(JSON.stringify({ same: isSame, ...changes }));
  process.exitCode = isSame ? 0 : 1;
}

/** What the server says of itself. Throws where it is not asked, does not answer, or something else answers. */
async function told(address: string, name: string): Promise<object> {
  const at = `${withoutEndingSlashes(address)}/ps-connect/api/v1/${name}/document`;
  const token = process.env['PSCONNECT_TOKEN'];
  const wrong = (said: string) =>
    new NotAsked(
      `What is offered cannot be read at ${at}: ${said}.`,
      "Name the address of Node-RED's editor; where it asks who one is, give a token with ps-connect.read in PSCONNECT_TOKEN.",
    );
  let response: Response;
  try {
    const headers = { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    // not after a redirect: the token is for this address
    response = await fetch(at, { headers, redirect: 'manual', signal: AbortSignal.timeout(patience) });
  } catch (error) {
    const { cause, message } = error as Error;
    throw wrong(cause instanceof Error && cause.message !== '' ? cause.message : message);
  }
  const text = await response.text();
  if (!response.ok) throw wrong(`HTTP ${response.status}`);
  try {
    const document: unknown = JSON.parse(text);
    if (document !== null && typeof document === 'object' && ('openapi' in document || 'asyncapi' in document)) return document;
  } catch {
    // a gateway's page, for instance
  }
  throw wrong(`${response.headers.get('content-type') ?? 'nothing'}: ${text.slice(0, 80)}`);
}

function kept(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new NotAsked(`${file} cannot be read: ${(error as Error).message}.`, 'Name the folder that --out has written.');
  }
}

run().catch((error: unknown) => {
  // parseArgs says in words what is wrong with an option
  const { message, remedy = usage } = error as Error & { remedy?: string };
  console.log(JSON.stringify({ same: null, message, remedy }));
  process.exitCode = 2;
});
