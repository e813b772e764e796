import { parseArgs } from 'node:util';
import { startSandbox } from './server.ts';

/** `npm run sandbox`: the simulators alone. One JSON line on stdout when they are ready; the rest goes to stderr. */
const { values } = parseArgs({
  options: {
    empty: { type: 'boolean', default: false },
    seed: { type: 'string' },
    date: { type: 'string' },
    /** started by another process: stop when it goes away */
    child: { type: 'boolean', default: false },
  },
});

function integer(text: string, name: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}

const dir = process.env['PSCONNECT_SANDBOX_DIR'];
const sandbox = await startSandbox({
  basePort: integer(process.env['SANDBOX_PORT'] ?? '4100', 'SANDBOX_PORT'),
  empty: values.empty,
  beside: true,
  ...(dir ? { dir } : {}),
  ...(values.seed ? { seed: integer(values.seed, '--seed') } : {}),
  ...(values.date ? { date: values.date } : {}),
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await sandbox.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
if (values.child) {
  // the parent holds the other end of stdin: it closes when the parent dies, however it dies
  process.stdin.on('end', () => void stop());
  process.stdin.on('close', () => void stop());
  process.stdin.resume();
  process.on('disconnect', () => void stop());
}

process.stdout.write(`${JSON.stringify(sandbox.access)}\n`);
