#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { anchorsIn } from '../engine/anchor-file.ts';
import { checkJournal, type Known } from '../engine/offline-journal.ts';
import { Failure } from '../model/failure.ts';

const usage = `ps-connect-journal check <file> [--anchor <file>|<line>:<hash>]

Checks a journal where no Node-RED is needed: an export (GET /journal/export), or the file of an embedded store that is not open.
--anchor   what was put down of it elsewhere: journal-anchor.json, or "journal: ends at <line>:<hash>" of Node-RED's log

The last line is JSON. Exit code 0: whole; 1: tampered with; 2: it could not be checked.`;

async function check(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { anchor: { type: 'string' }, help: { type: 'boolean' } } });
  const [command, file, ...more] = positionals;
  if (values.help || command !== 'check' || file === undefined || more.length > 0) {
    console.error(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const { flaw, head = null } = await checkJournal(file, values.anchor === undefined ? undefined : known(values.anchor));
  console.log(JSON.stringify({ file, whole: !flaw, ...flaw, head }));
  process.exitCode = flaw ? 1 : 0;
}

check().catch((error: unknown) => {
  const { code, message, remedy } = Failure.from(error);
  console.log(JSON.stringify({ whole: null, code, message, ...(remedy === undefined ? {} : { remedy }) }));
  process.exitCode = 2;
});

function known(anchor: string): Known {
  const line = /^(\d+):([0-9a-f]{64})$/.exec(anchor);
  if (line) return { line: { seq: Number(line[1]), hash: String(line[2]), at: 'the time of the log' } };
  const anchors = anchorsIn(readFileSync(anchor, 'utf8'));
  if (anchors) return { anchors };
  throw new Failure({
    class: 'contract.invalid',
    code: 'ANCHOR_UNREADABLE',
    message: `${anchor} is no anchor of a journal.`,
    remedy: 'Name journal-anchor.json, or <line>:<hash>.',
  });
}
