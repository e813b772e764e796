import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import should from 'should';

const MAIN = new URL('../../sandbox/main.ts', import.meta.url).pathname;

function start(...args: string[]): ChildProcessWithoutNullStreams {
  const env = { ...process.env, SANDBOX_PORT: '0', PSCONNECT_SANDBOX_DIR: '' };
  return spawn(process.execPath, [MAIN, ...args], { env });
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error(`the sandbox ended before it was ready: ${complaint}`)));
  });
}

describe('npm run sandbox', () => {
  it('prints one JSON line with addresses and credentials, and stops on SIGTERM', async () => {
    const child = start('--seed', '4', '--date', '2026-11-23');
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const access = JSON.parse(await firstLine(child)) as Record<string, Record<string, string>>;
    for (const system of ['salesforce', 'netsuite', 'kantata']) {
      const response = await fetch(`${access[system]?.['url']}/__sandbox/journal`);
      should(await response.json()).deepEqual([]);
    }
    should(access['salesforce']).have.properties(['clientId', 'clientSecret']);
    should(access['netsuite']).have.properties(['accountId', 'consumerKey']);
    should(access['kantata']).have.properties(['accessToken']);
    should(access['firm']).deepEqual({ seed: 4, date: '2026-11-23' });
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    should(code).equal(0);
    should(output.trim().split('\n')).have.length(1);
  });

  it('goes when its parent goes, if it was started as a child', async () => {
    const child = start('--child', '--empty');
    await firstLine(child);
    child.stdin.end();
    const [code] = await once(child, 'exit');
    should(code).equal(0);
  });

  it('refuses a port that is no number', async () => {
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, SANDBOX_PORT: 'http' } });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    const [code] = await once(child, 'close');
    should(code).equal(1);
    should(complaint).match(/SANDBOX_PORT must be a whole number/);
  });
});
