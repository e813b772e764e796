import 'should';
import should from 'should';
import type { Approval, ApprovalFilter } from '../../engine/store/approvals.ts';
import { type Asking, askOpen, type Step, type ToldQuestions, toldBefore } from '../../nodes/run/approval-in/open-questions.ts';
import { approversIn } from '../../nodes/run/approval-in/question.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 30);

/** Questions as a store lists them: oldest first, from a moment on, page by page. */
class Questions {
  readonly all: Approval[] = [];
  told: string[] = [];
  known: ToldQuestions = toldBefore(undefined);

  ask(id: string, at: number, more: Partial<Approval> = {}): void {
    const one: Approval = {
      id,
      run: id,
      node: 'n',
      title: id,
      details: null,
      severity: 'normal',
      status: 'open',
      requestedAt: at,
      ...more,
    };
    this.all.push(one);
    this.all.sort((a, b) => a.requestedAt - b.requestedAt);
  }

  /** A look, as often as there is more; answers what was told by it. */
  async look(now: number, more: Partial<Asking> = {}, cannot: (step: Step) => boolean = () => false): Promise<string[]> {
    const before = this.told.length;
    for (let isMore = true; isMore;) {
      const asked = await askOpen(
        {
          store: this,
          ...{ now, rules: 'all low', least: 'low' },
          eventsOf: async (step) => {
            if (cannot(step)) throw new Error(`nobody knows whom to ask of ${step.approval.id}`);
            return [{ id: step.approval.id, source: '/x', type: 'x', subject: step.what, time: '', key: '', data: null }];
          },
          ...more,
        },
        this.known,
      );
      this.told.push(...asked.events.map(({ id, subject }) => (subject === 'asked' ? id : `${id} ${subject}`)));
      this.known = toldBefore(JSON.parse(JSON.stringify(asked.next)) as never);
      isMore = asked.more;
    }
    return this.told.slice(before);
  }

  async approval(id: string): Promise<Approval | undefined> {
    return this.all.find((one) => one.id === id);
  }

  async approvals({ movedFrom = 0, after, limit }: ApprovalFilter): Promise<Approval[]> {
    const open = this.all.filter(
      ({ status, requestedAt, escalatedAt = 0 }) => status === 'open' && Math.max(requestedAt, escalatedAt) >= movedFrom,
    );
    if (after !== undefined && !this.all.some(({ id }) => id === after)) return [];
    return open.slice(after === undefined ? 0 : open.findIndex(({ id }) => id === after) + 1).slice(0, limit);
  }
}

describe('Which open questions are told', () => {
  let questions: Questions;
  beforeEach(() => (questions = new Questions()));

  it('each once, thousands of them too, and again when it has gone up', async () => {
    for (let n = 0; n < 3_000; n++) questions.ask(`Q-${n}`, start + n);
    (await questions.look(start + minute)).should.have.length(3_000);
    new Set(questions.told).size.should.equal(3_000);
    (await questions.look(start + 2 * minute)).should.be.empty();
    questions.all[7]!.escalatedAt = start + 90 * minute;
    (await questions.look(start + 91 * minute)).should.deepEqual(['Q-7 escalated']);
    (await questions.look(start + 92 * minute)).should.be.empty();
    Object.keys(questions.known.told).length.should.be.below(3_000); // what is long told is known by the moment alone
  });

  it('also those that are stored later than others that were asked after them', async () => {
    questions.ask('Q-2', start + minute);
    await questions.look(start + 2 * minute);
    questions.ask('Q-1', start);
    (await questions.look(start + 3 * minute)).should.deepEqual(['Q-1']);
  });

  it('the others, where nobody can say who is asked, however many there are; that one when it is mended, however late', async () => {
    questions.ask('held', start);
    for (let n = 0; n < 650; n++) questions.ask(`Q-${n}`, start + n + 1);
    const cannot = ({ approval }: Step) => approval.id === 'held';
    (await questions.look(start + minute, {}, cannot)).should.have.length(650);
    for (let day = 1; day <= 30; day++) {
      questions.ask(`D-${day}`, start + day * 1_440 * minute);
      (await questions.look(start + day * 1_440 * minute + minute, {}, cannot)).should.deepEqual([`D-${day}`]);
    }
    Object.keys(questions.known.told).length.should.be.belowOrEqual(501);
    (await questions.look(start + 31 * 1_440 * minute)).should.deepEqual(['held']);
  });

  it('none of another flow, of which there may be many before', async () => {
    for (let n = 0; n < 500; n++) questions.ask(`other-${n}`, start + n);
    questions.ask('mine', start + 1_000);
    const eventsOf = async ({ approval: { id } }: Step) =>
      id === 'mine' ? [{ id, source: '/x', type: 'x', subject: 'asked', time: '', key: '', data: null }] : [];
    (await questions.look(start + minute, { eventsOf })).should.deepEqual(['mine']);
  });

  it('all of them though a clock was ahead for a while', async () => {
    questions.ask('before', start);
    await questions.look(start + minute);
    questions.ask('in the future', start + 1_440 * minute);
    await questions.look(start + 1_440 * minute + minute);
    questions.ask('after', start + 5 * minute);
    (await questions.look(start + 6 * minute)).should.deepEqual(['after']);
    (await questions.look(start + 7 * minute)).should.be.empty();
    const ahead = new Questions();
    ahead.ask('first', start);
    await ahead.look(start + 1_440 * minute);
    ahead.ask('second', start + minute);
    (await ahead.look(start + 2 * minute)).should.deepEqual(['second']);
  });

  it('what a wider filter lets in, too', async () => {
    questions.ask('low', start, { severity: 'low' });
    questions.ask('high', start, { severity: 'high' });
    (await questions.look(start + minute, { least: 'high', rules: 'all high' })).should.deepEqual(['high']);
    (await questions.look(start + 60 * minute, { least: 'low', rules: 'all low' })).should.containEql('low');
  });

  it('those behind a page whose last question has just gone', async () => {
    for (let n = 0; n < 350; n++) questions.ask(`Q-${n}`, start + n);
    const { approvals } = questions;
    let isCut = false;
    questions.approvals = async (filter) => {
      const page = await approvals.call(questions, filter);
      if (!isCut && filter.after === undefined) {
        isCut = true;
        questions.all.splice(questions.all.indexOf(page.at(-1)!), 1);
      }
      return page;
    };
    await questions.look(start + 20 * minute);
    await questions.look(start + 40 * minute);
    questions.told.filter((id) => id === 'Q-349').should.have.length(1);
  });

  it('nothing, where the form is wrong for all: they wait, and all are told once it is mended', async () => {
    for (let n = 0; n < 800; n++) questions.ask(`Q-${n}`, start + n);
    await questions.look(start + minute, {}, () => true).should.be.rejectedWith(/nobody knows whom/);
    (await questions.look(start + 60 * minute)).should.have.length(800);
  });
});

describe('Who is asked', () => {
  it('is each by himself, as mail programs write them, too', () => {
    approversIn(' ana ').should.deepEqual(['ana']);
    approversIn('ana@firm.example, bob@firm.example; ana@firm.example').should.deepEqual(['ana@firm.example', 'bob@firm.example']);
    approversIn('Ana Berg <ana@firm.example>').should.deepEqual(['ana@firm.example']);
    approversIn(['ana', 'Berg, Ana']).should.deepEqual(['ana', 'Berg, Ana']);
  });

  it('is nobody where it is no name', () => {
    for (const value of [
      '',
      ' ',
      [],
      undefined,
      null,
      7,
      {},
      ['ana', 7],
      ['ana', ''],
      'x'.repeat(301),
      Array(21)
        .fill('')
        .map((_, n) => `n${n}`),
      '<b>',
      'a@b, c',
    ])
      should(() => approversIn(value)).throw({ code: 'LINK_APPROVER', field: 'approver' });
  });
});
