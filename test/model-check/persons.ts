import type { Engine } from '../../engine/engine.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Ledger } from './ledger.ts';
import type { Deed, ModelSystem } from './model-system.ts';
import type { PersonsAct } from './scenario.ts';
import type { Choice, Steps } from './steps.ts';
import type { StoreView } from './store-place.ts';

interface Ports {
  steps: Steps;
  system: ModelSystem;
  ledger: Ledger;
  view(): StoreView;
  /** events for which what their runs wait for has come */
  facts: Set<string>;
}

/** One process, of whose admin API persons make use. */
interface Desk {
  owner: number;
  engine: Engine;
}

const act = { actor: 'ana', reason: 'mended' };

/** What persons do, at any moment, with whatever is first in their list. They say only what is true, as they saw it. */
export class Persons {
  private readonly ports: Ports;

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** What a person may do now; nothing when there is nothing to do it with. */
  choices(name: PersonsAct, desk: Desk): Choice[] {
    const doing = this.doing(name, desk);
    return doing ? [{ label: `a person may ${name}`, cost: 1, take: () => this.at(desk, doing) }] : [];
  }

  private at({ owner }: Desk, doing: () => void): void {
    this.ports.steps.current = owner;
    doing();
  }

  private doing(name: PersonsAct, desk: Desk): (() => void) | undefined {
    const { store } = desk.engine;
    const { runs, approvals } = this.ports.view();
    const later = (work: Promise<unknown>) => void work.then(() => desk.engine.wake()).catch(() => undefined);
    const run = (...from: string[]) => runs.find(({ status }) => from.includes(status));
    switch (name) {
      case 'replay': {
        const dead = run('dead');
        return dead && (() => later(store.replay(dead.id, act, this.now)));
      }
      case 'cancel': {
        const open = run('ready', 'waiting', 'running');
        return open && (() => later(desk.engine.cancel(open.id, act)));
      }
      case 'compensate': {
        const left = run('dead', 'ready', 'waiting');
        return left && (() => later(store.compensate(left.id, act, this.now)));
      }
      case 'rouse': {
        const waiting = runs.find(
          ({ event, status }) => !this.ports.ledger.roused.has(event.id) && (status === 'waiting' || status === 'running'),
        );
        return waiting && (() => this.rouse(waiting.id, waiting.event.id, desk));
      }
      case 'approve':
      case 'reject': {
        const open = approvals.find(({ status }) => status === 'open');
        const status = name === 'approve' ? ('approved' as const) : ('rejected' as const);
        return open && (() => later(store.decideApproval(open.id, { ...act, status }, this.now)));
      }
      case 'settle': {
        const doubt = this.doubt();
        return doubt && (() => this.lookUp(doubt, desk, later));
      }
    }
  }

  private get now(): number {
    return this.ports.steps.now;
  }

  /** What it waits for comes first, and then the run is told. */
  private rouse(run: string, event: string, { engine }: Desk): void {
    this.ports.facts.add(event);
    void engine.store
      .rouse(run, this.now)
      .then(() => engine.wake())
      .catch(() => undefined);
  }

  /** A write of which nobody knows, and of whose request nothing more can come. */
  private doubt(): Effect | undefined {
    const { runs, effects } = this.ports.view();
    return effects.find(({ status, run, business }) => {
      if (status !== 'in-doubt' && status !== 'intended') return false;
      if (runs.find(({ id }) => id === run)?.status === 'running') return false;
      return !this.ports.system.mayCome(targetOf(business).business);
    });
  }

  /** A person looks first and tells what was seen a while later. */
  private lookUp(effect: Effect, { owner, engine }: Desk, later: (work: Promise<unknown>) => void): void {
    const { deed, business } = targetOf(effect.business);
    const made = this.ports.system.lookedUp(deed, business);
    const { key } = effect;
    const tell = () => later(engine.store.settleEffect(key, { ...act, made, ...(made ? { result: { id: business } } : {}) }, this.now));
    this.ports.steps.add(owner, `a person has seen that ${effect.business} is ${made ? '' : 'not '}made`, [{ name: 'tells', take: tell }]);
  }
}

function targetOf(name: string): { deed: Deed; business: string } {
  return name.startsWith('undo ') ? { deed: 'undo', business: name.slice(5) } : { deed: 'make', business: name };
}
