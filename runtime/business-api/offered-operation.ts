import type { ActiveRun } from '../../engine/active-run.ts';
import type { Entry } from '../../engine/engine-contract.ts';
import type { Run } from '../../engine/store/runs.ts';
import { conditionsOf, type NodeDeclaration, type Offer } from '../../declarations/node-declaration.ts';
import { isApiName, methodOf, offerFields, offerOf } from '../../declarations/offer.ts';
import { operations } from '../../declarations/operations.ts';
import { maxKilobytesField, waitSecondsField } from '../../declarations/shared-fields.ts';
import { fieldValue } from '../../declarations/typed-config.ts';
import { Failure } from '../../model/failure.ts';
import { inEnglish, inWords } from '../../model/failure-words.ts';
import { isObject } from '../../model/json.ts';
import { logFailure } from '../log-line.ts';
import type { Message } from '../message.ts';
import { toldValue } from '../message-parts.ts';
import { resultIn } from '../operation-result.ts';
import type { PackNode } from '../pack-node.ts';
import { isCall } from './api-call.ts';
import { apiLifetime } from './api-lifetime.ts';
import { apiAddress, rulesOf } from './api-settings.ts';
import { BusinessApi, calledMessage } from './business-api.ts';
import { chosenAccess } from './chosen-access.ts';
import { keepAnswer } from './kept-answer.ts';
import { type ApiRules, isRead } from './offered-api.ts';
import { offeredContract } from './offered-contract.ts';
import { resultContract } from './result-contract.ts';

const [, , nameField, versionField, deprecatedField, lastDayField] = offerFields('');

/** A field that a caller fills, by the parameter's name, and where of the message the node reads it. */
interface Filled {
  name: string;
  place: string;
}

/**
 * What callers can ask of a node when its switch is on. Their call is a run that begins at the node and ends there: its result is the answer, and leaves by
 * no wire. A call that was taken ends so whatever has been deployed meanwhile, also with the switch off.
 */
export class OfferedOperation {
  private readonly base: PackNode;
  private readonly offer: Offer;
  private readonly filled: readonly Filled[];
  private readonly api: BusinessApi | undefined;
  /** why nobody can call it although its switch is on, where it has not even an address */
  private readonly unfit: Failure | undefined;

  /** Undefined = nothing of the node can be asked for by a call. */
  static of(base: PackNode, entry: Entry, declaration: NodeDeclaration): OfferedOperation | undefined {
    const offer = offerOf(declaration, (field) => base.config[field]);
    return offer && new OfferedOperation(base, entry, declaration, offer);
  }

  private constructor(base: PackNode, entry: Entry, declaration: NodeDeclaration, offer: Offer) {
    this.base = base;
    this.offer = offer;
    this.filled = filledBy(base, offer);
    if (!isSwitchedOn(base, declaration)) return;
    try {
      this.api = this.made(entry);
    } catch (error) {
      this.unfit = Failure.from(error);
      logFailure(base.node, this.unfit);
    }
  }

  /** The node is set up: callers are answered from now on. */
  begin(): void {
    this.api?.listening.look();
    if (!this.unfit) return;
    const message = this.base.message(this.unfit);
    this.base.resting?.touch();
    this.base.status.show('red', 'ring', () => this.base.words('status.paused', { message }));
  }

  end(removed: boolean): void {
    if (!this.api) return;
    this.api.listening.end(removed);
    this.base.pack.businessApis.release(this.api);
  }

  /** Why callers are not answered, in words. */
  trouble(): string | undefined {
    const failure = this.unfit ?? this.api?.listening.failure;
    return failure && this.base.message(failure);
  }

  /** Whether a run began by a call of this node. */
  began(run: Pick<Run, 'entry' | 'event'>): boolean {
    return run.entry === this.base.id && isCall(run);
  }

  reads(run: Run): boolean {
    return this.began(run) && this.api !== undefined && isRead(this.api.rules);
  }

  /** What the node gets of a call: the body as payload, or each parameter where the node reads it. */
  message(active: ActiveRun): Message {
    const message = calledMessage(active, this.api?.address);
    if (!this.offer.asks) return message;
    const given = isObject(message.payload) ? message.payload : {};
    const asked: Message = { ...message, payload: {} };
    for (const { name, place } of this.filled) {
      if (given[name] !== undefined) this.base.RED.util.setMessageProperty(asked as never, place, given[name], true);
    }
    return asked;
  }

  /** Answers whoever waits with what the node has made of the call, and keeps it with the run. */
  async answer(active: ActiveRun, output: unknown): Promise<void> {
    const message = firstOf(output);
    if (!message) return;
    const { operation, part } = this.offer;
    const result = toldValue(resultIn(message, operation), operations[operation].result ?? operation);
    const answer = { status: 200, body: part === undefined ? result : { [part]: result } };
    await (this.api ? this.api.answerRun(active, answer) : keepAnswer(this.base.pack.engine, active, answer));
  }

  private made(entry: Entry): BusinessApi {
    const { base } = this;
    const { config } = base;
    const path = fieldValue(nameField, config);
    if (!isApiName(path))
      throw new Failure({
        class: 'contract.invalid',
        ...inWords('API_NAME.path', { label: this.label('apiName') }),
        field: 'apiName',
        value: path,
      });
    const address = apiAddress({ httpMethod: methodOf(this.offer), apiVersion: fieldValue(versionField, config), path });
    return new BusinessApi(base, {
      address,
      rules: rulesOf(() => this.rules(path)),
      limit: maxKilobytesField.default * 1024,
      findAccess: () => chosenAccess(base, this.label('access')),
      entry,
      settle: () => base.resting?.settle(),
    });
  }

  private rules(name: string): ApiRules {
    const { base, offer } = this;
    const { config } = base;
    const { answers, told = answers, words } = operations[offer.operation];
    const reads = offer.asks !== undefined;
    const named = (field: string) => this.filled.some((one) => one.name === field);
    return {
      ...{ api: name, summary: inEnglish(words), scope: name, isOpen: false, reads, takesBody: !reads, needsKey: !reads },
      query: (offer.asks ?? []).filter((asked) => named(asked.name)).map(({ name: of, kind, required }) => ({ name: of, kind, required })),
      body: reads ? undefined : offeredContract(offer),
      answer: resultContract(told),
      subject: undefined,
      waitMs: waitSecondsField.default * 1_000,
      lifetime: apiLifetime({ deprecated: fieldValue(deprecatedField, config), lastDay: fieldValue(lastDayField, config), successor: '' }),
      isPublished: false,
    };
  }

  private label(field: string): string {
    return this.base.packWords(`label.${field}`);
  }
}

/** The switch counts where the form shows it. */
function isSwitchedOn({ config }: PackNode, { fields }: NodeDeclaration): boolean {
  const field = fields.find(({ name }) => name === 'offered');
  const shown = field && conditionsOf(field).every(({ field: other, is }) => is.includes(String(config[other])));
  return shown === true && config['offered'] === true;
}

/** What of the message's payload the node reads: what is fixed in the node, or worked out, no caller says. */
function filledBy({ config }: PackNode, { asks = [] }: Offer): Filled[] {
  return asks.flatMap(({ field, name }) => {
    const place = String(config[field] ?? '');
    return config[`${field}Type`] === 'msg' && isWithinPayload(place) ? [{ name, place }] : [];
  });
}

/** Names parted by dots: a value of a caller's is put there, and nowhere else. */
const isWithinPayload = (place: string): boolean =>
  /^payload(?:\.\w+)+$/.test(place) &&
  !place.split('.').some((name) => name === '__proto__' || name === 'constructor' || name === 'prototype');

/** The message that a node sends, at whichever output. */
function firstOf(output: unknown): Message | undefined {
  const [first] = Array.isArray(output) ? (output as unknown[]).flat().filter((one) => one !== null) : [output];
  return first as Message | undefined;
}
