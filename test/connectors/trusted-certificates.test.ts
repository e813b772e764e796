import 'should';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../until.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

describe('A certificate that nobody vouches for', function () {
  this.timeout(60_000);
  let folder: string;
  let server: Server;
  let database: TcpServer;
  const open = new Set<Socket>();
  let asked = 0;
  const port = (of: Server | TcpServer) => (of.address() as AddressInfo).port;

  before(async function () {
    if (spawnSync('openssl', ['version']).error) {
      console.log('      NOT PLAYED: openssl is not installed');
      return this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'psconnect-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', ...names], {
      stdio: 'ignore',
    });
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    server = createServer(tls, (_request, response) => {
      asked++;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // what PostgreSQL says to a client that asks for encryption: yes; what comes after that would hold the password
    database = createTcpServer((socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('S');
        const secure = new TLSSocket(socket, { isServer: true, ...tls });
        secure.on('error', () => undefined);
        secure.on('data', () => asked++);
      });
    });
    await new Promise<void>((resolve) => database.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server?.close();
    server?.closeAllConnections();
    database?.close();
    for (const socket of open) socket.destroy();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** In a Node.js of its own, that has been told to trust everybody. */
  const tell = async (code: string, environment: Record<string, string> = {}) => {
    const options = { cwd: root, env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1', ...environment } };
    return (await run(process.execPath, ['--input-type=module', '-e', code], options)).stdout.trim();
  };
  const kantata = () => `
    import { createKantata } from './connectors/kantata/connector.ts';
    const psa = createKantata({ baseUrl: 'https://localhost:${port(server)}', accessToken: 'token-of-the-test-4711' });
    const error = await psa.operations['approved-time.poll'](undefined, {}, new AbortController().signal).catch((error) => error);
    console.log(error.class, error.code);`;

  it('is refused, and nothing is sent there, though NODE_TLS_REJECT_UNAUTHORIZED=0 is set', async () => {
    // what every other client of that process does
    (
      await tell(
        `import { get } from 'node:https'; get('https://localhost:${port(server)}', (answer) => { console.log(answer.statusCode); process.exit(); });`,
      )
    ).should.equal('200');
    asked.should.equal(1);
    (await tell(kantata())).should.equal('auth.denied DEPTH_ZERO_SELF_SIGNED_CERT');
    asked.should.equal(1);
  });

  it('is accepted when its authority is in NODE_EXTRA_CA_CERTS', async () => {
    (await tell(kantata(), { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') })).should.equal('contract.drift ANSWER_UNEXPECTED');
    asked.should.equal(2);
  });

  it('is refused of the shared store too, before the password is sent', async () => {
    const opening = (parameters: string) => `
      import { PostgresStore } from './engine/postgres/postgres-store.ts';
      const store = new PostgresStore({ url: 'postgres://ada:password-4711@localhost:${port(database)}/x?${parameters}' });
      const error = await store.open(Date.now()).catch((error) => error);
      console.log(error.code, error.message.includes('password-4711'), error.cause?.code ?? error.cause?.message);
      process.exit();`;
    const before = asked;
    (await tell(opening('sslmode=verify-full'))).should.match(/^STORE_\w+ false DEPTH_ZERO_SELF_SIGNED_CERT$|self.signed/i);
    asked.should.equal(before);
    // an administrator who asks for no check gets none
    void tell(opening('sslmode=no-verify')).catch(() => undefined); // nobody answers: it ends with the database
    await until(
      () => asked > before,
      () => 'the database is not reached',
      50,
    );
  });
});
