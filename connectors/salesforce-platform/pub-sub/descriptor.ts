type Field = { type: string; id: number; rule?: 'repeated' };

const text = (id: number): Field => ({ type: 'string', id });
const bytes = (id: number): Field => ({ type: 'bytes', id });
const message = (fields: Record<string, Field>) => ({ fields });

/** The part of the Pub/Sub API's interface (`eventbus.v1`) that is called: https://developer.salesforce.com/docs/platform/pub-sub-api/references/methods/pubsub-api-rpc-methods.html */
export const descriptor = {
  nested: {
    eventbus: {
      nested: {
        v1: {
          nested: {
            TopicRequest: message({ topicName: text(1) }),
            TopicInfo: message({
              topicName: text(1),
              tenantGuid: text(2),
              canPublish: { type: 'bool', id: 3 },
              canSubscribe: { type: 'bool', id: 4 },
              schemaId: text(5),
              rpcId: text(6),
            }),
            SchemaRequest: message({ schemaId: text(1) }),
            SchemaInfo: message({ schemaJson: text(1), schemaId: text(2), rpcId: text(3) }),
            ProducerEvent: message({ id: text(1), schemaId: text(2), payload: bytes(3) }),
            ConsumerEvent: message({ event: { type: 'ProducerEvent', id: 1 }, replayId: bytes(2) }),
            ReplayPreset: { values: { LATEST: 0, EARLIEST: 1, CUSTOM: 2 } },
            FetchRequest: message({
              topicName: text(1),
              replayPreset: { type: 'ReplayPreset', id: 2 },
              replayId: bytes(3),
              numRequested: { type: 'int32', id: 4 },
            }),
            FetchResponse: message({
              events: { rule: 'repeated', type: 'ConsumerEvent', id: 1 },
              latestReplayId: bytes(2),
              rpcId: text(3),
              pendingNumRequested: { type: 'int32', id: 4 },
            }),
            PubSub: {
              methods: {
                Subscribe: { requestType: 'FetchRequest', requestStream: true, responseType: 'FetchResponse', responseStream: true },
                GetSchema: { requestType: 'SchemaRequest', responseType: 'SchemaInfo' },
                GetTopic: { requestType: 'TopicRequest', responseType: 'TopicInfo' },
              },
            },
          },
        },
      },
    },
  },
};

/** `LATEST` is what happens from now on, `CUSTOM` what came after a replay id. */
export const replayPreset = { LATEST: 0, CUSTOM: 2 } as const;

export interface TopicInfo {
  canSubscribe: boolean;
  schemaId: string;
}

export interface ConsumerEvent {
  event: { id: string; schemaId: string; payload: Buffer } | null;
  replayId: Buffer;
}

export interface FetchResponse {
  events: ConsumerEvent[];
  latestReplayId: Buffer;
}

export interface FetchRequest {
  topicName?: string;
  replayPreset?: number;
  replayId?: Buffer;
  numRequested: number;
}
