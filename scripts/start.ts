/**
 * `npm start`: sandbox, Node-RED and the template flows. `-- --once` plays a business day and the month after it at speed, and proves the books.
 * `-- --history [runs]` writes the firm's last year into an empty store, to look around in, and plays nothing.
 */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { systems } from '../connectors/systems.ts';
import { addDays } from '../model/calendar-date.ts';
import { isWhole, outsideNumber } from '../model/outside-number.ts';
import { businessDay } from '../sandbox/firm/business-day.ts';
import type { DayStep } from '../sandbox/firm/day-step.ts';
import { generateFirm } from '../sandbox/firm/firm.ts';
import { businessMonth } from '../sandbox/firm/month/month.ts';
import { playBusinessDay, playBusinessMonth } from '../sandbox/play-business-day.ts';
import type { SystemAccess } from '../sandbox/system-access.ts';
import { assertFree, launchNodeRed, launchSandbox, stop } from './start/children.ts';
import { connectionEnvironment, trustOfSandbox } from './start/environment.ts';
import { IntegrationOffice } from './start/integration-office.ts';
import { proveTheMonth } from './start/prove-the-month.ts';
import { prepareUserDir } from './start/user-dir.ts';
import { historyRuns, makeHistory } from './start/make-history.ts';

// a taken port or a process that ends early is told in a sentence
process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});

/** so long the month takes where somebody watches it */
const monthMs = 40 * 60_000;

const once = process.argv.includes('--once');
const history = historyRuns(process.argv);
const port = portIn('PORT', 1880);
const sandboxPort = portIn('SANDBOX_PORT', 4100);
const userDir = resolve(process.env['PSCONNECT_USERDIR'] ?? '.psconnect');
await assertFree(port, 'PORT');
for (const offset of systems.keys()) await assertFree(sandboxPort + offset, 'SANDBOX_PORT');

if (history !== undefined) await makeHistory({ userDir, runs: history, onProgress: (text) => console.log(text) });

const { access, child: sandbox } = await launchSandbox({
  port: sandboxPort,
  dir: join(userDir, 'sandbox'),
});
const firm = generateFirm(access.firm ?? {});
prepareUserDir(userDir, {
  // what is in the history is not read again
  ...(history === undefined ? { since: addDays(firm.date, -90) } : {}),
  ...(once ? { intervalSeconds: 0.5, batchSeconds: 0.5 } : { intervalSeconds: 5 }),
});

const log: string[] = [];
const nodeRed = await launchNodeRed({
  userDir,
  port,
  environment: {
    // what links of “Approvals by message” are signed with: they end when this does
    APPROVALS_SECRET: process.env['APPROVALS_SECRET'] ?? randomBytes(32).toString('base64'),
    ...connectionEnvironment(access),
    ...trustOfSandbox(access, join(userDir, 'sandbox')),
  },
  onLog: (line) => (once ? log.push(line) : console.log(line)),
});

const end = async (code: number) => {
  await Promise.all([stop(nodeRed), stop(sandbox)]);
  process.exit(code);
};
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));
nodeRed.on('exit', (code) => void end(code ?? 1));
sandbox.on('exit', () => void end(1));

const simulators = access as unknown as Record<string, SystemAccess>;
const editor = `http://127.0.0.1:${port}/`;
const office = new IntegrationOffice({ editor });
if (once) {
  const summary = await proveTheMonth({ access, firm, office, onProgress: (text) => console.log(text) });
  if (!summary.ok) console.error(log.slice(-30).join('\n'));
  console.log(JSON.stringify(summary));
  nodeRed.removeAllListeners('exit');
  sandbox.removeAllListeners('exit');
  await end(summary.ok ? 0 : 1);
} else {
  console.log(
    `\nEditor   ${editor}\nConsole  ${editor}ps-connect/\nSandbox  ${systems.map(({ name, title }) => `${title} ${simulators[name]?.url}`).join(' · ')}\n`,
  );
  if (history === undefined) await playSlowly();
}

async function playSlowly(): Promise<void> {
  const [day, month] = [businessDay(firm).length, businessMonth(firm).length];
  console.log(`A business day of the sandbox's firm and the month after it are played in the background (${day} and ${month} steps).\n`);
  const paced = (pauseMs: number) => async (step: DayStep) => {
    console.log(`[sandbox] ${step.at.slice(0, 10)} ${step.at.slice(11, 16)} ${step.what}`);
    await new Promise((go) => setTimeout(go, pauseMs));
  };
  // at the hour at which it is watched, so that what it took is measured
  await playBusinessDay(access, { firm, stampedAsPlayed: true, onStep: paced(4000) });
  await playBusinessMonth(access, { firm, office, onStep: paced(Math.round(monthMs / month)) });
}

/** A port of the environment; above the first of the simulators there must be one for each of the others. */
function portIn(name: string, standard: number): number {
  const given = process.env[name];
  const number = given === undefined ? standard : outsideNumber(given, { least: 0, most: 65_536 });
  const highest = 65_536 - systems.length;
  if (isWhole(number, 1, highest)) return number;
  throw new Error(`${name} is "${given}": give a whole number from 1 to ${highest}.`);
}
