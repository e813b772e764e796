import { createSecureContext } from 'node:tls';
import type { Client, ClientDuplexStream, Metadata, ServiceError } from '@grpc/grpc-js';
import type { Token } from '../../http/access-tokens.ts';
import { descriptor, type FetchRequest, type FetchResponse, type TopicInfo } from './descriptor.ts';
import { failureOfCall } from './pub-sub-failure.ts';

type FetchStream = ClientDuplexStream<FetchRequest, FetchResponse>;

interface Stub extends Client {
  GetTopic(request: object, metadata: Metadata, options: object, done: (error: ServiceError | null, answer?: TopicInfo) => void): void;
  GetSchema(
    request: object,
    metadata: Metadata,
    options: object,
    done: (error: ServiceError | null, answer?: { schemaJson: string }) => void,
  ): void;
  Subscribe(metadata: Metadata): FetchStream;
}

/** As whom, and of which org: each call says it. */
export interface Caller {
  token: Token;
  orgId: string;
}

const mostBytes = 16 * 1024 * 1024;

/** One connection to the event bus, encrypted; the certificate of the other side is checked whatever the environment says. */
export class PubSubClient {
  private readonly stub: Stub;
  private readonly metadata: Metadata;
  private readonly timeoutMs: number;

  private constructor(stub: Stub, metadata: Metadata, timeoutMs: number) {
    this.stub = stub;
    this.metadata = metadata;
    this.timeoutMs = timeoutMs;
  }

  static async connect(address: string, { token, orgId }: Caller, timeoutMs: number): Promise<PubSubClient> {
    const { fromJSON, grpc } = await import('./event-libraries.ts');
    const { ChannelCredentials, loadPackageDefinition, Metadata, setLogVerbosity, logVerbosity } = grpc;
    setLogVerbosity(logVerbosity.NONE); // what goes wrong is told as a failure
    const loaded = loadPackageDefinition(fromJSON(descriptor as never, { defaults: true, enums: Number, longs: String }));
    const service = (loaded as unknown as { eventbus: { v1: { PubSub: new (...given: unknown[]) => Stub } } }).eventbus.v1.PubSub;
    // whom Node.js trusts, NODE_EXTRA_CA_CERTS included, as every other connection of the pack
    const credentials = ChannelCredentials.createFromSecureContext(createSecureContext(), { rejectUnauthorized: true });
    const stub = new service(address, credentials, {
      'grpc.max_receive_message_length': mostBytes,
      'grpc.keepalive_time_ms': 60_000,
      'grpc.keepalive_timeout_ms': 20_000,
      'grpc.enable_retries': 0,
    });
    const metadata = new Metadata();
    metadata.set('accesstoken', token.value);
    metadata.set('instanceurl', token.baseUrl ?? '');
    metadata.set('tenantid', orgId);
    return new PubSubClient(stub, metadata, timeoutMs);
  }

  topic(topicName: string): Promise<TopicInfo> {
    return this.call<TopicInfo>((options, done) => this.stub.GetTopic({ topicName }, this.metadata, options, done));
  }

  async schema(schemaId: string): Promise<string> {
    const info = await this.call<{ schemaJson: string }>((options, done) =>
      this.stub.GetSchema({ schemaId }, this.metadata, options, done),
    );
    return info.schemaJson;
  }

  subscribe(): FetchStream {
    return this.stub.Subscribe(this.metadata);
  }

  close(): void {
    this.stub.close();
  }

  private call<Answer>(ask: (options: object, done: (error: ServiceError | null, answer?: Answer) => void) => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      ask({ deadline: Date.now() + this.timeoutMs }, (error, answer) =>
        error || !answer ? reject(failureOfCall(error)) : resolve(answer),
      );
    });
  }
}
