import type { NodeAPI } from 'node-red';
import type { ContractName } from '../model/contract.ts';
import type { JsonObject } from '../model/json.ts';
import { schemas } from '../model/schemas.ts';
import { eachConfig } from './places.ts';
import type { SignatureKind } from './webhook/signature.ts';

/** Events that a node takes in or tells, as its form says. */
export interface EventChannel {
  /** of the node, or of its type */
  name: string;
  does: 'receives' | 'sends';
  /** below the root for HTTP nodes; of one that sends, the connection says where */
  path?: string;
  /** of each event; of one that receives, for events that say none themselves */
  type: string;
  source: string;
  signature?: SignatureKind;
  /** of an HMAC over the body */
  signatureHeader?: string;
}

/** AsyncAPI 3.0 of the events that the flows take in and tell, as they are deployed. https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
export function eventDocument(RED: NodeAPI, channels: ReadonlyMap<string, EventChannel>, root: string): JsonObject {
  const keys = new Keys();
  const contractOf = contractsBeside(RED);
  const found = [...channels]
    .map(([id, channel]) => ({ id, channel }))
    .sort((one, other) => (placeOf(one.channel) < placeOf(other.channel) ? -1 : 1))
    .map(({ id, channel }) => ({ channel, key: keys.of(placeOf(channel)), contract: contractOf(id, channel.does) }));
  const parts = <Part extends object>(make: (one: (typeof found)[number]) => Part) =>
    Object.fromEntries(found.map((one) => [one.key, make(one)])) as JsonObject;
  const schemes = new Map(
    found.flatMap(({ key, channel }) => {
      const scheme = securityOf(channel);
      return scheme ? [[key, scheme] as const] : [];
    }),
  );
  return {
    asyncapi: '3.0.0',
    info: { title: 'Business events', version: '1', description: 'Events that this firm takes in and tells, as its flows are deployed.' },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      here: {
        host: '{host}',
        pathname: root === '' ? '/' : root,
        protocol: 'https',
        variables: { host: { default: 'localhost', description: 'where this Node-RED is reached' } },
      },
    },
    channels: parts(({ channel, key }) => ({
      ...(channel.path === undefined ? { address: null } : { address: channel.path, servers: [{ $ref: '#/servers/here' }] }),
      title: channel.name,
      ...(channel.path === undefined ? { description: 'The connection of the node says where it is sent.' } : {}),
      messages: { event: { $ref: `#/components/messages/${key}` } },
    })),
    operations: parts(({ channel, key }) => ({
      action: channel.does === 'receives' ? 'receive' : 'send',
      channel: { $ref: `#/channels/${key}` },
      messages: [{ $ref: `#/channels/${key}/messages/event` }],
      bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
      ...(schemes.has(key) ? { security: [{ $ref: `#/components/securitySchemes/${key}` }] } : {}),
    })),
    components: {
      messages: parts(({ channel, contract }) => message(channel, contract)),
      ...(schemes.size > 0 ? { securitySchemes: Object.fromEntries(schemes) } : {}),
    },
  };
}

const placeOf = ({ path, type, name }: EventChannel): string => path ?? `${type} ${name}`;

/** Names of parts of the document: letters, digits, dots and lines, each once. */
class Keys {
  private readonly given = new Set<string>();

  of(place: string): string {
    const plain =
      place
        .split(/[^\w.]+/)
        .filter(Boolean)
        .join('-') || 'events';
    let key = plain;
    for (let n = 2; this.given.has(key); n++) key = `${plain}-${n}`;
    this.given.add(key);
    return key;
  }
}

function message({ type, does, source }: EventChannel, contract: ContractName | undefined): JsonObject {
  const event = {
    type: 'object',
    required: ['specversion', 'id', 'source', 'type'],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', minLength: 1, description: 'the same fact always has the same id' },
      source: does === 'sends' ? { const: source } : { type: 'string', format: 'uri-reference', minLength: 1 },
      type: does === 'sends' ? { const: type } : { type: 'string', minLength: 1 },
      subject: { type: 'string', description: 'business id' },
      time: { type: 'string', format: 'date-time' },
      data: contract ? (schemas[contract] as unknown as JsonObject) : {},
    },
  };
  return {
    name: type,
    title: contract ? schemas[contract].title : type,
    contentType: 'application/cloudevents+json',
    payload: { schemaFormat: 'application/schema+json;version=draft-2020-12', schema: event },
  };
}

function securityOf({ signature, signatureHeader = '' }: EventChannel): JsonObject | undefined {
  switch (signature) {
    case 'standard-webhooks':
      return {
        type: 'httpApiKey',
        in: 'header',
        name: 'webhook-signature',
        description: 'Standard Webhooks: HMAC-SHA256 of id, moment and body',
      };
    case 'hmac-sha256':
      return { type: 'httpApiKey', in: 'header', name: signatureHeader, description: 'HMAC-SHA256 of the body, in hex' };
    case 'bearer':
      return { type: 'http', scheme: 'bearer' };
    default:
      return undefined;
  }
}

interface Config {
  id: string;
  type: string;
  contract?: unknown;
  wires?: string[][];
  data?: unknown;
  dataType?: unknown;
}

/** The contract of the check that alone stands right behind a node that receives, or right before one that sends what was checked. */
function contractsBeside(RED: NodeAPI): (node: string, does: EventChannel['does']) => ContractName | undefined {
  const configs = new Map<string, Config>();
  eachConfig(RED, (config) => void configs.set((config as Config).id, config as Config));
  const contractOf = ({ type, contract }: Config) =>
    type === 'contract-check' && Object.hasOwn(schemas, String(contract)) ? (contract as ContractName) : undefined;
  const outputsTo = (node: string) =>
    [...configs.values()].flatMap((config) =>
      (config.wires ?? []).flatMap((to, output) => (to.includes(node) ? [{ config, output }] : [])),
    );
  return (node, does) => {
    const own = configs.get(node);
    if (does === 'receives') {
      const [next, ...others] = own?.wires?.flat() ?? [];
      const behind = next === undefined || others.length > 0 ? undefined : configs.get(next);
      return behind && contractOf(behind);
    }
    if (own?.dataType !== 'msg' || own.data !== 'payload') return undefined;
    const [before, ...others] = outputsTo(node);
    return before?.output === 0 && others.length === 0 ? contractOf(before.config) : undefined;
  };
}
