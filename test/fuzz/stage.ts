import { type FindingKind, type Findings } from './findings.ts';
import type { FuzzedNodeRed, Held } from './fuzzed-node-red.ts';
import type { House, HttpInput, Input } from './inputs/input.ts';
import { inputOf } from './inputs/input-of.ts';
import { person } from './inputs/samples.ts';
import { judgeAnswer } from './judge-answer.ts';
import { allRuns, inputsOf, judgeRun } from './judge-runs.ts';
import { Known } from './known.ts';
import { Ledger } from './ledger.ts';
import { Performance } from './performance.ts';
import { send } from './send.ts';
import type { Testbed } from './testbed.ts';

interface Suspect {
  n: number;
  input: Input;
}
interface UnderWay extends Suspect {
  house: House;
  from: number;
  /** absent = still */
  to?: number;
}

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
  frozenMs = 0;
  memoryMb = 0;
  largest: Suspect[] = [];
  passedOver = 0;
  private readonly options: StageOptions;
  private readonly standing = new Map<House, Standing>();
  private readonly rebuilding = new Map<House, Promise<void>>();
  private readonly performance: Performance;
  private readonly fatal = new Set<string>();
  private readonly freezes: { ms: number; house: House; suspects: Suspect[] }[] = [];
  private underWay: UnderWay[] = [];
  /** the house in which one input is tried alone: what happens there is not a finding of its own */
  private trial: { died: boolean; heldMs: number } | undefined;

  constructor(options: StageOptions) {
    this.options = options;
    this.performance = new Performance(options.testbed);
  }

  async open(): Promise<void> {
    for (const house of houses) await this.build(house);
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
    const entry: UnderWay = { n, input, house, from: Date.now() };
    this.underWay.push(entry);
    await this.perform(place, n, input).catch((error: Error) => {
      if (!place.over) this.options.onProgress(`input ${n} could not be played: ${error.message}`);
    });
    entry.to = Date.now();
    if (this.underWay.length > 300)
      this.underWay = this.underWay.filter(
        (each) => each.to === undefined || each.to > Date.now() - (suspicion(each) >= heavy ? 60_000 : 3_000),
      );
    await this.rebuilding.get(house);
    return true;
  }

  /** Lets everything end, judges what is stored, stops the houses, and looks whether they start again on it. */
  async close(): Promise<void> {
    for (const house of houses) {
      await this.rebuilding.get(house);
      const place = this.standing.get(house);
      if (!place || place.over) continue;
      await this.settle(place);
      await this.rebuilding.get(house);
      if (place.over) continue;
      await this.judgeStore(place).catch((error: Error) =>
        this.found('unclassified', `what is stored cannot be listed: ${error.message}`, []),
      );
      await this.rebuilding.get(house);
      if (place.over) continue;
      place.over = true;
      if ((await place.red.stop()) !== 'stopped') this.found('hung', 'it did not stop when it was asked to', this.around(house));
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
  }

  /** Plays what was under way at the longest freezes alone, to say which input it was. */
  async confirmFreezes(seconds: number): Promise<void> {
    const deadline = performance.now() + seconds * 1_000;
    const worst = this.freezes.toSorted((one, other) => other.ms - one.ms);
    const named = new Set<string>();
    for (const { ms, house, suspects } of worst) {
      const unnamed = suspects.filter(({ input }) => !named.has(input.family));
      if (unnamed.length < suspects.length) {
        const [again] = suspects.filter(({ input }) => named.has(input.family));
        this.options.findings.add('frozen', `${again!.input.family}: some time`, [again!]);
        continue;
      }
      const culprit =
        performance.now() < deadline
          ? await this.culprit(house, suspects, (trial) => trial.heldMs > ms / 3 && trial.heldMs > 100)
          : undefined;
      if (culprit) named.add(culprit.input.family);
      this.options.findings.add(
        'frozen',
        culprit ? `${culprit.input.family}: ${Math.round(ms)} ms` : `${Math.round(ms)} ms`,
        culprit ? [culprit] : suspects,
      );
    }
  }

  async end(): Promise<void> {
    for (const { red } of this.standing.values()) await red.end();
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
    const answer = await send(place.red.url, input, await place.known.now(place.red));
    if (place.over) return;
    if (input.kind === 'webhook') place.ledger.note(n, input, answer);
    if (answer === 'no answer' && !input.raw) this.found('unclassified', `${input.family}: no answer within 40 s`, [{ n, input }]);
    if (typeof answer !== 'string') this.judge(n, input, answer);
  }

  private judge(n: number, input: HttpInput, answer: Parameters<typeof judgeAnswer>[1]): void {
    for (const [kind, what] of judgeAnswer(input, answer)) this.found(kind, what, [{ n, input }]);
    for (const secret of this.options.testbed.secrets.in(answer.bytes))
      this.found('leak', `${secret} in an answer to ${input.method} ${input.path.split('?')[0]}`, [{ n, input }]);
  }

  private heard(node: string, text: string): void {
    this.performance.heard(node, text);
    if (this.trial) return;
    const secrets = this.options.testbed.secrets.in(Buffer.from(text));
    for (const secret of secrets)
      this.found('leak', `${secret} in a message that ${node.replace(/^lane\d+/, 'lane')} received`, this.marked(text));
  }

  private logged(house: House, lines: string): void {
    if (this.trial) return;
    for (const secret of this.options.testbed.secrets.in(Buffer.from(lines)))
      this.found('leak', `${secret} in the log`, this.around(house));
    for (const line of lines.split('\n')) {
      const said = /^\d+ \w+ [\d:]+ - \[(error|warn)\] (.*)/.exec(line)?.[2];
      if (!said) continue;
      if ([person.first, person.email].some((part) => said.includes(part)))
        this.found('leak', `a person in the log: ${said.slice(0, 120)}`, this.marked(said));
      if (/\b(Type|Range|Syntax|Reference)Error\b|Cannot read prop|is not a function|is not iterable/.test(said))
        this.found('unclassified', `in the log: ${said.slice(0, 160)}`, this.around(house));
    }
  }

  private held(house: House, { held, worked, until }: Held): void {
    const ms = Math.min(held, worked + 20);
    if (this.trial) {
      this.trial.heldMs = Math.max(this.trial.heldMs, ms);
      return;
    }
    this.frozenMs = Math.max(this.frozenMs, ms);
    if (ms <= 200) return;
    const suspects = this.underWay.filter((each) => each.house === house && each.from <= until && (each.to ?? until) >= until - held - 30);
    this.freezes.push({ ms, house, suspects: suspects.map(({ n, input }) => ({ n, input })) });
  }

  private size(house: House, rss: number): void {
    const mb = rss / 1_000_000;
    if (mb <= this.memoryMb || this.trial) return;
    this.memoryMb = mb;
    this.largest = this.around(house);
  }

  private gone(house: House, place: Standing, { what, detail, ms }: { what: 'ended' | 'hung'; detail: string; ms: number }): void {
    if (this.trial) {
      this.trial.died = true;
      return;
    }
    if (place.over || !place.red) return;
    place.over = true;
    this.deaths++;
    this.frozenMs = Math.max(this.frozenMs, ms);
    const suspects = this.around(house);
    this.rebuilding.set(house, this.rebuild(house, place, { kind: what === 'ended' ? 'crash' : 'hung', detail, suspects }));
  }

  private async rebuild(
    house: House,
    place: Standing,
    { kind, detail, suspects }: { kind: FindingKind; detail: string; suspects: Suspect[] },
  ): Promise<void> {
    await place.red.end();
    const culprit = await this.culprit(house, suspects, (trial) => trial.died);
    if (culprit) this.fatal.add(culprit.input.family);
    this.options.onProgress(
      `${kind}: ${detail.slice(0, 160)} ← ${culprit ? `${culprit.n} ${culprit.input.family}` : `one of ${suspects.map(({ n }) => n).join(' ')}`}`,
    );
    this.found(kind, culprit ? `${culprit.input.family}: ${detail}` : detail, culprit ? [culprit] : suspects);
    await this.build(house);
    this.rebuilding.delete(house);
  }

  /** Which of these does it alone, the likeliest first; undefined when none does, or the time for it is over. */
  private async culprit(
    house: House,
    suspects: Suspect[],
    shows: (trial: { died: boolean; heldMs: number }) => boolean,
  ): Promise<Suspect | undefined> {
    if (suspects.length === 0) return undefined;
    const deadline = performance.now() + 45_000;
    const trial = { died: false, heldMs: 0 };
    while (this.trial) await new Promise((resolve) => setTimeout(resolve, 100));
    this.trial = trial;
    const place: Standing = { red: undefined as never, ledger: new Ledger(), known: new Known(), over: false };
    try {
      const ignore = () => undefined;
      place.red = await this.options.testbed.open(house, {
        ...{ size: ignore, log: ignore },
        heard: (node, text) => this.performance.heard(node, text),
        held: ({ held, worked }) => (trial.heldMs = Math.max(trial.heldMs, Math.min(held, worked + 20))),
        gone: () => {
          trial.died = true;
          place.over = true;
        },
      });
      await place.known.seed(place.red, house);
      trial.heldMs = 0;
      for (const suspect of suspects.toSorted((one, other) => suspicion(other) - suspicion(one))) {
        if (performance.now() > deadline) return undefined;
        trial.heldMs = 0;
        await Promise.race([this.perform(place, suspect.n, suspect.input).catch(() => undefined), goneOf(trial), later(9_000)]);
        for (let waited = 0; waited < 400 && !shows(trial); waited += 50) await later(50);
        if (await stillHeld(place.red, trial)) await Promise.race([goneOf(trial), later(9_000)]);
        if (shows(trial)) return suspect;
        if (trial.died) return undefined;
      }
      return undefined;
    } catch {
      return undefined;
    } finally {
      this.trial = undefined;
      await place.red?.end();
    }
  }

  /** Waits until no run is to be delivered any more. */
  private async settle(place: Standing): Promise<void> {
    const deadline = performance.now() + 25_000;
    for (let calm = 0; calm < 2 && performance.now() < deadline && !place.over;) {
      const overview = await place.red.get<{ runs: Record<string, number> | null }>('/overview').catch(() => undefined);
      const busy = (overview?.runs?.['ready'] ?? 0) + (overview?.runs?.['running'] ?? 0);
      calm = overview && busy === 0 ? calm + 1 : 0;
      await later(250);
    }
  }

  private async judgeStore({ red, ledger }: Standing): Promise<void> {
    const runs = await allRuns(red);
    let traced = 0;
    for (const run of runs) {
      const verdict = judgeRun(run);
      if (verdict) this.found(...verdict, traced++ < 300 ? this.suspects(await inputsOf(red, run)) : []);
    }
    for (const { n, what } of ledger.compare(runs)) this.found('unclassified', what, this.suspects([n]));
  }

  private found(kind: FindingKind, what: string, suspects: Suspect[]): void {
    if (!this.trial) this.options.findings.add(kind, what, suspects);
  }

  private around(house: House): Suspect[] {
    const now = Date.now();
    // what is heavy may lie in the store and do its work when it is shown
    const since = (each: Suspect) => now - (suspicion(each) >= heavy ? 60_000 : 1_500);
    return this.underWay.filter((each) => each.house === house && (each.to ?? now) >= since(each)).map(({ n, input }) => ({ n, input }));
  }

  private suspects(numbers: number[]): Suspect[] {
    return numbers.map((n) => ({ n, input: inputOf(this.options.seed, n) }));
  }

  private marked(text: string): Suspect[] {
    const found = [...text.matchAll(/fz(\d+)x/g)].map((match) => Number(match[1]));
    return this.suspects([...new Set(found)].slice(0, 1));
  }
}

export function houseOf(input: Input): House {
  return input.kind === 'setting' ? 'open' : 'house' in input ? input.house : 'users';
}

const heavy = 1e6;

/** What is likelier to be the cause: what was written to be heavy, then what is large. */
function suspicion({ input }: Suspect): number {
  const size = 'payload' in input ? input.payload.length : 'body' in input ? (input.body?.length ?? 0) : 0;
  const isHeavy = /deep|long|many|wide|preview|correction|bomb|much|setting|retry-after|shape|attributes/.test(input.family);
  return size + (isHeavy ? heavy : input.kind === 'answer' ? -1e3 : 0);
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function goneOf(trial: { died: boolean }): Promise<void> {
  while (!trial.died) await later(50);
}

/** It does not answer at once: something still works in it. */
async function stillHeld(red: FuzzedNodeRed, trial: { died: boolean }): Promise<boolean> {
  if (trial.died) return false;
  // what an analyst would look at: some faults wait in the store until it is shown
  const looked = Promise.all(['/runs?limit=500', '/dead-letters', '/approvals', '/effects'].map((path) => red.get(path)));
  return Promise.race([
    looked.then(
      () => false,
      () => true,
    ),
    later(1_500).then(() => true),
  ]);
}
