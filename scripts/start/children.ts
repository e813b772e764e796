import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SandboxAccess } from '../../sandbox/sandbox-access.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGTERM');
});

function kept(child: ChildProcess): ChildProcess {
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** Says in words when a port is taken, before anything is started on it. */
export async function assertFree(port: number, variable: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    throw new Error(`Port ${port} is in use. Stop what uses it, or choose another with ${variable}.`);
  } finally {
    server.close();
  }
}

/** Starts the simulators in a process of their own; they end when this one does. */
export async function launchSandbox(options: {
  port: number;
  dir: string;
  arguments?: string[];
}): Promise<{ access: SandboxAccess; child: ChildProcess }> {
  const child = kept(
    spawn(process.execPath, [join(root, 'sandbox', 'main.ts'), '--child', ...(options.arguments ?? [])], {
      env: { ...process.env, SANDBOX_PORT: String(options.port), PSCONNECT_SANDBOX_DIR: options.dir },
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  const lines = createInterface({ input: child.stdout! });
  const [line] = (await Promise.race([once(lines, 'line'), failure(child, 'The sandbox')])) as [string];
  return { access: JSON.parse(line) as SandboxAccess, child };
}

export interface NodeRedOptions {
  userDir: string;
  port: number;
  environment: Record<string, string>;
  /** hears each line of its log */
  onLog?(line: string): void;
}

/** Starts Node-RED in a process of its own; resolves when its editor answers. */
export async function launchNodeRed({ userDir, port, environment, onLog }: NodeRedOptions): Promise<ChildProcess> {
  const entry = join(dirname(createRequire(import.meta.url).resolve('node-red/package.json')), 'red.js');
  const child = kept(
    spawn(process.execPath, [entry, '--userDir', userDir, '--port', String(port)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  for (const stream of [child.stdout!, child.stderr!]) createInterface({ input: stream }).on('line', (line) => onLog?.(line));
  await Promise.race([answers(`http://127.0.0.1:${port}/settings`), failure(child, 'Node-RED')]);
  return child;
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function failure(child: ChildProcess, name: string): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`${name} ended with code ${code} before it was ready.`);
}

async function answers(url: string): Promise<void> {
  for (let left = 600; left > 0; left--) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within a minute.`);
}
