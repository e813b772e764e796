import { hostileTexts, hostileValue } from './hostile-values.ts';
import { type HttpInput, markOf } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { bombs } from './json-bombs.ts';
import { mutate } from './mutate.ts';
import { compressedEvent, otherBody } from './odd-bodies.ts';
import { oddBytes, oddHeaders, rawRequest, wrongSignature } from './odd-webhook-inputs.ts';
import { jsonText } from './raw-json.ts';
import { cloudEvent, engagement, timeEntry, toolTime, withoutPerson } from './samples.ts';
import { anyWebhook, batched, post, structured, type Webhook } from './webhook-post.ts';

/** Something that a sender, or somebody who says so, posts. */
export function webhookInput(random: Random, n: number): HttpInput {
  return weighted(random, [
    [27, validEvent],
    [28, mutatedEvent],
    [12, batch],
    [12, binary],
    [6, bomb],
    [3, attributes],
    [5, wrongSignature],
    [4, oddHeaders],
    [2, oddBytes],
    [2, rawRequest],
    [1, compressedEvent],
    [3, otherBody],
  ])(random, n);
}

const dataOf = (random: Random, webhook: Webhook, mark: string): unknown =>
  webhook === 'template' ? toolTime(mark) : webhook === 'standard' && random.chance(30) ? engagement(mark) : timeEntry(mark);

function validEvent(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const data = dataOf(random, webhook, id);
  if (random.chance(70)) {
    return post({ family: 'valid', webhook, type: structured, body: jsonText(cloudEvent(id, data)), expects: { events: [id] } });
  }
  const headers: [string, string][] = [['idempotency-key', id]];
  return post({ family: 'valid plain', webhook, type: 'application/json', body: jsonText(data), headers });
}

function mutatedEvent(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const data = dataOf(random, webhook, id);
  const plain = random.chance(25);
  // either the event's data is not as it should be, or its envelope
  const event = random.chance(70) ? cloudEvent(id, mutate(random, data)) : mutate(random, cloudEvent(id, data));
  const body = withoutPerson(jsonText(plain ? mutate(random, data) : event));
  return post({ family: 'mutated', webhook, type: plain ? 'application/json' : structured, body });
}

function batch(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const count = weighted(random, [
    [60, random.between(0, 20)],
    [6, 200],
    [1, 1_500],
  ]);
  const ids = Array.from({ length: count }, (_, index) => `${markOf(n)}-${index}`);
  const events: unknown[] = ids.map((id) => cloudEvent(id, count > 50 ? { id, minutes: 1 } : dataOf(random, webhook, id)));
  if (random.chance(50) || count === 0) {
    return post({ family: 'batch', webhook, type: batched, body: jsonText(events), expects: count > 0 ? { events: ids } : {} });
  }
  events[random.between(0, count - 1)] = hostileValue(random);
  return post({ family: 'mutated batch', webhook, type: batched, body: withoutPerson(jsonText(random.chance(90) ? events : { events })) });
}

function binary(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const headers: [string, string][] = [
    ['ce-specversion', random.chance(95) ? '1.0' : encodeURIComponent(random.pick(hostileTexts).toWellFormed())],
    ['ce-id', id],
    ['ce-source', '/fuzz'],
    ['ce-type', 'com.example.time.approved'],
  ];
  for (let more = random.between(0, 3); more > 0; more--) {
    const name = random.pick([
      'subject',
      'time',
      'dataschema',
      'traceparent',
      'x',
      'data',
      'specversion',
      '__proto__',
      'constructor',
      'UPPER',
    ]);
    headers.push([
      `ce-${name}`,
      random.chance(60) ? encodeURIComponent(random.pick(hostileTexts).toWellFormed()) : `a%${random.pick(['zz', '00', 'C3%28', 'F0'])}`,
    ]);
  }
  const type = random.pick([
    'application/json',
    'text/plain',
    'application/octet-stream',
    'text/json; charset=utf-8',
    'image/png',
    'a/b+json',
  ]);
  const data = random.chance(50) ? dataOf(random, webhook, id) : mutate(random, dataOf(random, webhook, id));
  return post({ family: 'binary', webhook, type, body: withoutPerson(jsonText(data)), headers });
}

function bomb(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const name = random.pick(Object.keys(bombs));
  const raw = bombs[name]!(random);
  const where = random.pick(['data', 'subject', 'extension', 'whole', 'batch', 'field'] as const);
  const family = `${name} as ${where}`;
  const event = cloudEvent(id, timeEntry(id));
  switch (where) {
    case 'data':
      return post({ family, webhook, type: structured, body: withoutPerson(jsonText({ ...event, data: raw })) });
    case 'field':
      return post({
        family,
        webhook,
        type: structured,
        body: withoutPerson(jsonText({ ...event, data: { ...timeEntry(id), code: raw, note: raw } })),
      });
    case 'subject':
      return post({ family, webhook, type: structured, body: withoutPerson(jsonText({ ...event, subject: raw })) });
    case 'extension':
      return post({ family, webhook, type: structured, body: withoutPerson(jsonText({ ...event, traceparent: raw })) });
    case 'batch':
      return post({ family, webhook, type: batched, body: withoutPerson(jsonText([event, raw, { ...event, data: raw }])) });
    default:
      return post({ family, webhook, type: random.pick([structured, batched, 'application/json']), body: jsonText(raw) });
  }
}

/** Many attributes, long ones, and such with names that are none. */
function attributes(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const event = cloudEvent(id, { id });
  const count = random.pick([1, 1, 5, 20, 300, 5_000]);
  const length = random.pick([1, 100, 1_024, 1_025, 5_000, 60_000]);
  for (let index = 0; index < Math.min(count, Math.ceil(900_000 / length)); index++)
    event[`ext${index}`] = random.pick(['a', 'ü', 'a.', '1']).repeat(length);
  if (random.chance(30)) event[random.pick(hostileTexts)] = random.pick(hostileTexts);
  return post({ family: `${count} attributes of ${length}`, webhook, type: structured, body: jsonText(event) });
}
