import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ownCertificate } from '../../certificate.ts';
import type { Simulator } from '../../simulator.ts';
import { findSession } from '../oauth/sessions.ts';
import type { SalesforceState } from '../store/state.ts';
import { ChangeFeed } from './change-feed.ts';
import { PubSubFaults } from './pub-sub-faults.ts';
import { noTopic, refusal } from './refusal.ts';
import { type Bus, SubscribeStream } from './subscribe-stream.ts';

type Unary = (
  call: { request: Record<string, string>; metadata: grpc.Metadata },
  done: (error: object | null, answer?: object) => void,
) => void;

const STATUS = grpc.status;
/** The Pub/Sub API of the simulated org: gRPC over TLS. Its events arise from what is changed in the org. */
export class PubSubServer implements Bus {
  readonly feed = new ChangeFeed();
  readonly faults: PubSubFaults;
  readonly streams = new Set<SubscribeStream>();
  address = '';
  private readonly server: grpc.Server;
  private readonly sim: Simulator<SalesforceState>;

  constructor(sim: Simulator<SalesforceState>) {
    this.sim = sim;
    this.faults = new PubSubFaults(this.feed, this.streams);
    this.server = new grpc.Server({ 'grpc.max_send_message_length': 16 * 1024 * 1024 });
    const file = fileURLToPath(new URL('pub-sub.proto', import.meta.url));
    const loaded = grpc.loadPackageDefinition(loadSync(file, { defaults: true, longs: String, enums: Number })) as unknown as {
      eventbus: { v1: { PubSub: { service: grpc.ServiceDefinition } } };
    };
    this.server.addService(loaded.eventbus.v1.PubSub.service, {
      Subscribe: (call: grpc.ServerDuplexStream<never, never>) => {
        const stream = new SubscribeStream(this, call);
        if (stream.open) this.streams.add(stream);
      },
      GetTopic: this.checked((request, done) => {
        const schema = this.feed.schemaOf(request['topicName']!);
        if (!schema) return done(noTopic(request['topicName']!));
        done(null, { topicName: request['topicName'], tenantGuid: this.sim.state.orgId, canSubscribe: true, schemaId: schema.id });
      }),
      GetSchema: this.checked((request, done) => {
        const schema = this.feed.schemas.get(request['schemaId']!);
        if (schema) return done(null, { schemaJson: schema.json, schemaId: schema.id });
        const raw = this.faults.schemas.get(request['schemaId']!);
        if (raw !== undefined) return done(null, { schemaJson: raw, schemaId: request['schemaId'] });
        done(refusal(STATUS.INVALID_ARGUMENT, 'schema.validation.failed', 'The schema ID is not valid.'));
      }),
    } as never);
  }

  async start(port: number): Promise<this> {
    const { key, certificate } = ownCertificate();
    const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) };
    const credentials = grpc.ServerCredentials.createSsl(null, [pair]);
    const bound = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync(`127.0.0.1:${port}`, credentials, (error, at) => (error ? reject(error) : resolve(at)));
    });
    this.address = `localhost:${bound}`;
    return this;
  }

  stop(): void {
    this.server.forceShutdown();
  }

  /** Who calls is a session of this org; each call says it. */
  refused(metadata: grpc.Metadata, method: string): object | undefined {
    const fault = this.faults.take(method);
    if (fault) return fault;
    const [token, tenant, instance] = ['accesstoken', 'tenantid', 'instanceurl'].map((name) => String(metadata.get(name)[0] ?? ''));
    if (!token || !instance || !this.sim.state.orgId.startsWith(tenant!.slice(0, 15)) || tenant!.length < 15) {
      return refusal(STATUS.UNAUTHENTICATED, 'service.auth.headers.invalid', 'Authentication headers are not valid.');
    }
    if (findSession(this.sim.state, token)) return undefined;
    return refusal(STATUS.UNAUTHENTICATED, 'service.auth.error', 'SFDC_AUTH_ERROR: authentication failed.');
  }

  takesTwice(): boolean {
    return this.faults.takeTwice();
  }

  left(stream: SubscribeStream): void {
    this.streams.delete(stream);
  }

  private checked(answer: (request: Record<string, string>, done: (error: object | null, answer?: object) => void) => void): Unary {
    return ({ request, metadata }, done) => {
      const refused = this.refused(metadata, 'topicName' in request ? 'GetTopic' : 'GetSchema');
      if (refused) done(refused);
      else answer(request, done);
    };
  }
}
