import { Failure } from './failure.ts';
import { inWords } from './failure-words.ts';
import type { SourceEvent } from './operations.ts';
import { type Obstacle, obstacleIn, obstacleOf, textObstacle, wordsOfObstacle } from './storable.ts';

/** So many further attributes an event may have; CloudEvents has no limit, but means few and small ones. */
export const mostAttributes = 64;

const texts = ['id', 'source', 'type', 'subject', 'time', 'key'] as const;

/** Why an event cannot be stored as a run; undefined = it can. `at` comes before the field: `[3].` */
export function eventObstacle(event: SourceEvent, at = ''): Obstacle | undefined {
  return identityObstacle(event, at) ?? obstacleIn(event.data, `${at}data`);
}

/** The same of all but its data. */
export function identityObstacle(event: SourceEvent, at = ''): Obstacle | undefined {
  for (const name of texts) {
    const found = textObstacle(event[name], at + name);
    if (found) return found;
  }
  return versionObstacle(event, at) ?? attributesObstacle(event.attributes, at);
}

function versionObstacle({ version }: SourceEvent, at = ''): Obstacle | undefined {
  for (const part of ['record', 'at', 'content'] as const) {
    const text = version?.[part];
    const found = text === undefined ? undefined : textObstacle(text, `${at}version.${part}`);
    if (found) return found;
  }
  return undefined;
}

export function attributesObstacle(attributes: SourceEvent['attributes'], at = ''): Obstacle | undefined {
  const names = Object.keys(attributes ?? {});
  if (names.length > mostAttributes) {
    return obstacleOf(`${at}attributes`, inWords('OBSTACLE.attributes', { most: mostAttributes }));
  }
  for (const name of names) {
    const value: unknown = attributes?.[name];
    const field = `${at}attributes.${/^[a-z0-9]{1,60}$/.test(name) ? name : '…'}`;
    const found = textObstacle(name, field) ?? (typeof value === 'string' ? textObstacle(value, field) : flat(value, field));
    if (found) return found;
  }
  return undefined;
}

const flat = (value: unknown, field: string): Obstacle | undefined =>
  typeof value === 'object' ? obstacleOf(field, inWords('OBSTACLE.several')) : obstacleIn(value, field);

/** What is said where something cannot be stored. Not a failure of the store: that one goes on with everything else. */
export function notStorable(obstacle: Obstacle): Failure {
  const { field } = obstacle;
  return new Failure({ class: 'contract.invalid', ...inWords('DATA_NOT_STORABLE', { field, obstacle: wordsOfObstacle(obstacle) }), field });
}

/**
 * What is stored in the place of an event that cannot be, and that nobody can be told to send otherwise: its identity, as far as that is possible, and
 * why its data is not there. It is a dead letter from the beginning (`refused`).
 */
export function standIn(event: SourceEvent, obstacle: Obstacle, identify: (text: string) => string): SourceEvent {
  const kept = (value: unknown, otherwise: string) => (textObstacle(value, '') ? otherwise : (value as string));
  const hashed = (value: unknown) => identify(typeof value === 'string' ? value : '');
  const id = kept(event.id, hashed(event.id));
  const subject = kept(event.subject, id);
  const { field } = obstacle;
  return {
    id,
    source: kept(event.source, hashed(event.source)),
    type: kept(event.type, 'com.psconnect.event.refused'),
    subject,
    time: kept(event.time, new Date(0).toISOString()),
    key: kept(event.key, subject),
    ...(event.version && !versionObstacle(event) ? { version: event.version } : {}),
    data: null,
    refused: {
      class: 'contract.invalid',
      ...inWords('DATA_NOT_STORABLE.read', { field, obstacle: wordsOfObstacle(obstacle), subject }),
      record: subject,
      field,
    },
  };
}

/** The same event with other data, as a person has edited it. */
export function withData({ refused: _refused, ...event }: SourceEvent, data: SourceEvent['data']): SourceEvent {
  return { ...event, data };
}
