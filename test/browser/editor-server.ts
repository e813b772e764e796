import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express from 'express';

/**
 * Node-RED in a process of its own, because it is a singleton and keeps handles after it stops.
 * Arguments: package root to load, user directory. Prints the address of the editor when it is ready.
 */
const [nodesDir, userDir] = process.argv.slice(2) as [string, string];
const RED = createRequire(import.meta.url)('node-red') as {
  init(server: unknown, settings: object): void;
  start(): Promise<void>;
  httpAdmin: express.RequestHandler;
};
const app = express();
const server = createServer(app);
RED.init(server, {
  userDir,
  nodesDir: [nodesDir],
  flowFile: 'flows.json',
  credentialSecret: 'test only',
  logging: { console: { level: 'error' } },
  editorTheme: { tours: false },
  telemetry: { enabled: false, updateNotification: false },
});
app.use('/', RED.httpAdmin);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
await RED.start();
console.log(`EDITOR http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
