import { type FindingKind, type Findings } from './findings.ts';
import { Freezes, mostFrozenMs } from './freezes.ts';
import type { FuzzedNodeRed, Held } from './fuzzed-node-red.ts';
import { type House, houseOf, type HttpInput, type Input } from './inputs/input.ts';
import { inputOf } from './inputs/input-of.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeKept } from './judge-kept.ts';
import { judgeLog } from './judge-log.ts';
import { allRuns, inputsOf, judgeRun, movedOn } from './judge-runs.ts';
import { Known } from './known.ts';
import { Ledger } from './ledger.ts';
import { Performance } from './performance.ts';
import { type Reached } from './reached.ts';
import { send } from './send.ts';
import { settled } from './settled.ts';
import type { Testbed } from './testbed.ts';
import { Trials } from './trials.ts';
import { type Suspect, UnderWay } from './under-way.ts';

/** One house while it stands. */
interface Standing {
  red: FuzzedNodeRed;
  ledger: Ledger;
  known: Known;
  /** it has been left, or stands no more */
  over: boolean;
}

export interface StageOptions {
  testbed: Testbed;
  findings: Findings;
  seed: number;
  onProgress(line: string): void;
}

const houses = ['users', 'open'] as const;

/** Where inputs are played: keeps the houses standing, notes what was under way when something happened, and judges. */
export class Stage {
  deaths = 0;
  memoryMb = 0;
  largest: Suspect[] = [];
  passedOver = 0;
  readonly reached: Reached;
  private readonly options: StageOptions;
  private readonly standing = new Map<House, Standing>();
  private readonly rebuilding = new Map<House, Promise<void>>();
  private readonly performance: Performance;
  private readonly fatal = new Set<string>();
  private readonly underWay = new UnderWay();
  private readonly trials: Trials;
  readonly freezes: Freezes;

  constructor(options: StageOptions) {
    this.options = options;
    this.reached = options.testbed.reached;
    this.performance = new Performance(options.testbed);
    this.trials = new Trials({
      testbed: options.testbed,
      perform: (red, known, { n, input }) => this.perform({ red, known, ledger: new Ledger(), over: true }, n, input),
      heard: (node, text) => this.performance.heard(node, text),
    });
    this.freezes = new Freezes(this.trials, options.findings);
  }

  async open(): Promise<void> {
    await Promise.all(houses.map((house) => this.build(house)));
  }

  /** False when it was passed over. */
  async play(n: number, input: Input): Promise<boolean> {
    if (this.fatal.has(input.family)) {
      this.passedOver++;
      return false;
    }
    const house = houseOf(input);
    await this.rebuilding.get(house);
    const place = this.standing.get(house);
    if (!place || place.over) return false;
    const over = this.underWay.begin(n, input);
    await this.perform(place, n, input).catch((error: Error) => {
      const why = [error.message, String((error.cause as Error | undefined)?.message ?? '')].join(' ');
      if (!place.over) this.options.onProgress(`input ${n} (${input.family}) could not be played: ${why}`);
    });
    over();
    await this.rebuilding.get(house);
    return true;
  }

  /** Lets everything end, judges what is stored, stops the houses, and looks whether they start again on it. */
  async close(): Promise<void> {
    await Promise.all(houses.map((house) => this.leave(house)));
  }

  async end(): Promise<void> {
    for (const { red } of this.standing.values()) await red.end();
  }

  private async leave(house: House): Promise<void> {
    await this.rebuilding.get(house);
    const place = this.standing.get(house);
    if (!place || place.over) return;
    await settled(place.red, () => place.over);
    await this.rebuilding.get(house);
    if (place.over) return;
    await this.judgeStore(place).catch((error: Error) => this.found('unclassified', `what is stored cannot be read: ${error.message}`, []));
    await this.rebuilding.get(house);
    if (place.over) return;
    place.over = true;
    if ((await place.red.stop()) !== 'stopped') this.found('hung', 'it did not stop when it was asked to', this.underWay.around(house));
    for (const { file, bytes } of await this.options.testbed.stored(place.red)) {
      for (const secret of this.options.testbed.secrets.in(bytes)) this.found('leak', `${secret} in the store's ${file}`, []);
    }
    if (house === 'users')
      await place.red
        .start()
        .catch((error: Error) => this.found('crash', `it does not start again on its store: ${error.message.slice(-300)}`, []));
    await place.red.end();
    this.standing.delete(house);
  }

  private async build(house: House): Promise<void> {
    const place: Standing = { red: undefined as never, ledger: new Ledger(), known: new Known(), over: false };
    place.red = await this.options.testbed.open(house, {
      held: (held) => this.held(house, held),
      size: (rss) => this.size(house, rss),
      heard: (node, text) => this.heard(node, text),
      log: (lines) => this.logged(house, lines),
      gone: (how) => this.gone(house, place, how),
    });
    this.standing.set(house, place);
    await place.known.seed(place.red, house);
  }

  private async perform(place: Standing, n: number, input: Input): Promise<void> {
    switch (input.kind) {
      case 'webhook':
      case 'admin':
        return this.performHttp(place, n, input);
      case 'message':
        return this.performance.message(place.red, n, input, (status) => {
          if (status >= 500 && !place.over) this.found('unclassified', `http in answers ${status}`, [{ n, input }]);
        });
      case 'answer':
        return this.performance.answer(place.red, n, input, (answer) => {
          if (!place.over) this.judge(n, answer.input, answer.answer);
        });
      case 'setting':
        return this.performance.setting(place.red, n, input);
    }
  }

  private async performHttp(place: Standing, n: number, input: HttpInput): Promise<void> {
    const { elsewhere, typed } = this.options.testbed.elsewhere;
    const known = { ...(await place.known.now(place.red)), elsewhere: elsewhere.url, typed: typed.url };
    const answer = await send(place.red.url, input, known);
    if (place.over) return;
    if (input.kind === 'webhook') place.ledger.note(n, input, answer);
    if (answer === 'no answer' && !input.raw) this.found('unclassified', `${input.family}: no answer within 120 s`, [{ n, input }]);
    if (typeof answer !== 'string') this.judge(n, input, answer);
  }

  private judge(n: number, input: HttpInput, answer: Parameters<typeof judgeAnswer>[1]): void {
    this.reached.answered(input, answer);
    for (const [kind, what] of judgeAnswer(input, answer)) this.found(kind, what, [{ n, input }]);
    for (const secret of this.options.testbed.secrets.in(answer.bytes))
      this.found('leak', `${secret} in an answer to ${input.method} ${input.path.split('?')[0]}`, [{ n, input }]);
  }

  private heard(node: string, text: string): void {
    this.performance.heard(node, text);
    this.reached.heard(node, text);
    for (const secret of this.options.testbed.secrets.in(Buffer.from(text)))
      this.found('leak', `${secret} in a message that ${node.replace(/^lane\d+/, 'lane')} received`, this.marked(text));
  }

  private logged(house: House, lines: string): void {
    for (const secret of this.options.testbed.secrets.in(Buffer.from(lines)))
      this.found('leak', `${secret} in the log`, this.underWay.around(house));
    for (const [kind, what, said] of judgeLog(lines)) {
      const marked = this.marked(said);
      this.found(kind, what, marked.length > 0 ? marked : this.underWay.around(house));
    }
  }

  private held(house: House, { held, worked, until }: Held): void {
    const ms = Math.min(held, worked + 20);
    this.freezes.note({ ms, house, suspects: ms > mostFrozenMs ? this.underWay.during(house, until - held - 30, until) : [] });
  }

  private size(house: House, rss: number): void {
    const mb = rss / 1_000_000;
    if (mb <= this.memoryMb) return;
    this.memoryMb = mb;
    this.largest = this.underWay.around(house);
  }

  private gone(house: House, place: Standing, { what, detail, ms }: { what: 'ended' | 'hung'; detail: string; ms: number }): void {
    if (place.over || !place.red) return;
    place.over = true;
    this.deaths++;
    this.freezes.frozenMs = Math.max(this.freezes.frozenMs, ms);
    const suspects = this.underWay.around(house);
    this.rebuilding.set(house, this.rebuild(house, place, { kind: what === 'ended' ? 'crash' : 'hung', detail, suspects }));
  }

  private async rebuild(
    house: House,
    place: Standing,
    { kind, detail, suspects }: { kind: FindingKind; detail: string; suspects: Suspect[] },
  ): Promise<void> {
    await place.red.end();
    const culprit = await this.trials.culprit(house, suspects, (trial) => trial.died);
    if (culprit) this.fatal.add(culprit.input.family);
    this.options.onProgress(
      `${kind}: ${detail.slice(0, 160)} ← ${culprit ? `${culprit.n} ${culprit.input.family}` : `one of ${suspects.map(({ n }) => n).join(' ')}`}`,
    );
    this.found(kind, culprit ? `${culprit.input.family}: ${detail}` : detail, culprit ? [culprit] : suspects);
    await this.build(house);
    this.rebuilding.delete(house);
  }

  private async judgeStore({ red, ledger }: Standing): Promise<void> {
    const runs = await movedOn(red, await allRuns(red));
    let traced = 0;
    for (const run of runs) {
      const verdict = judgeRun(run);
      if (verdict) this.found(...verdict, traced++ < 300 ? this.suspects(await inputsOf(red, run)) : []);
    }
    for (const { n, what } of ledger.compare(runs)) this.found('unclassified', what, this.suspects([n]));
    for (const verdict of await judgeKept(red)) this.found(...verdict, []);
    this.reached.note('a journal and files looked through');
  }

  private found(kind: FindingKind, what: string, suspects: Suspect[]): void {
    this.options.findings.add(kind, what, suspects);
  }

  private suspects(numbers: number[]): Suspect[] {
    return numbers.map((n) => ({ n, input: inputOf(this.options.seed, n) }));
  }

  private marked(text: string): Suspect[] {
    const found = [...text.matchAll(/fz(\d+)x/g)].map((match) => Number(match[1]));
    return this.suspects([...new Set(found)].slice(0, 1));
  }
}
