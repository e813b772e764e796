#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { checkJournal, knownFrom } from '../engine/offline-journal.ts';
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
  const { flaw, head = null } = await checkJournal(file, values.anchor === undefined ? undefined : knownFrom(values.anchor));
  console.log(JSON.stringify({ file, whole: !flaw, ...flaw, head }));
  process.exitCode = flaw ? 1 : 0;
}

check().catch((error: unknown) => {
  const { code, message, remedy } = Failure.from(error);
  console.log(JSON.stringify({ whole: null, code, message, ...(remedy === undefined ? {} : { remedy }) }));
  process.exitCode = 2;
});
