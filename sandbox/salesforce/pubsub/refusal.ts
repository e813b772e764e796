import { randomUUID } from 'node:crypto';
import * as grpc from '@grpc/grpc-js';

const prefix = 'sfdc.platform.eventbus.grpc.';

/** A refusal as the API sends it: a status, and its own code in the trailer. */
export function refusal(code: number, suffix: string, text: string) {
  const metadata = new grpc.Metadata();
  metadata.set('error-code', `${prefix}${suffix}`);
  metadata.set('rpc-id', randomUUID());
  return { code, details: `${text} rpcId: ${randomUUID()}`, metadata };
}

export const noTopic = (topic: string) =>
  refusal(grpc.status.NOT_FOUND, 'topic.not.found', `The topic information for the org and topic ${topic} not found.`);
