import { type Deal, type DealPhase, soundDeal } from './deal.ts';

const dates = { start: '2026-12-01', end: '2027-02-26' };
const phase = soundDeal('X').phases[0] as DealPhase;
const need = soundDeal('X').needs[0] as Deal['needs'][number];

/** Texts that break systems which are careless with them. */
const hostile = {
  quotes: `O'Brien & "Söhne" \`\${x}\` \\'; --`,
  sql: `'; DROP TABLE runs; --`,
  html: `<script>alert(1)</script>&amp;<b>`,
  emoji: 'Roll-out 🚀👩🏽‍💻 Café naïve',
  arabic: '\u202eمشروع تجديد\u202c ABC',
  'null bytes': 'before\u0000after',
  lines: 'first\nsecond\tthird',
  long: 'ä'.repeat(255),
};

/** One sound deal in which every text is hostile. */
export function hostileDeal(code: string, texts: { name: string; any: string }): Deal {
  return soundDeal(code, {
    name: texts.name,
    // the ERP takes 83 characters
    account: { code: `ACC ${code}`, name: texts.any.slice(0, 83), country: 'DE' },
    po: texts.any.slice(0, 80).trim(),
    assumptions: texts.any,
    phases: [{ ...phase, name: texts.name, tasks: [{ code: 'T1', name: texts.name, hours: 1.25, billable: false }] }],
    milestones: [{ code: 'M1', name: texts.name, phase: 'P1', due: '2027-02-26', amount: 12000.5 }],
  });
}

const codes = [
  "E'1",
  'E;2--',
  'E%2F3',
  'E/4',
  'E,5',
  'E"6"',
  'E<7>',
  'Ë-8-ü',
  'E&9=1',
  'E?10#a',
  'E(11)',
  'E 12 · x',
  'E\\13',
  'E+14',
  'E_%15',
  'E🚀16',
];

export const hostileDeals: { what: string; deal: Deal }[] = [
  ...Object.entries(hostile).map(([what, text], index) => ({
    what: `texts with ${what}`,
    deal: hostileDeal(`HOST-${index}`, { name: text.slice(0, 80).replace(/\s+/g, ' ').trim(), any: text }),
  })),
  ...codes.map((code) => ({
    what: `the code ${code}`,
    deal: soundDeal(code, {
      phases: [{ ...phase, code: `${code}-P`, tasks: [{ code: `${code}-T`, name: 'Task', hours: 8, billable: true }] }],
      milestones: [{ code: `${code}-M`, name: 'Accepted', phase: `${code}-P`, due: '2027-02-26', amount: 12000.5 }],
      needs: [{ ...need, code: `${code}-N`, phase: `${code}-P` }],
    }),
  })),
];

/** 30 phases of 20 tasks, and a milestone for each phase whose amounts do not divide evenly. */
export function hugeDeal(): Deal {
  const phases = Array.from({ length: 30 }, (_, at): DealPhase => ({
    ...phase,
    code: `P${at + 1}`,
    name: `Phase ${at + 1}`,
    budget: 3333.33,
    tasks: Array.from({ length: 20 }, (_task, task) => ({
      code: `T${task + 1}`,
      name: `Task ${task + 1}`,
      hours: task + 0.25,
      billable: task % 3 > 0,
    })),
  }));
  const milestones = phases.map((of, at) => ({
    code: `M${at + 1}`,
    name: of.name,
    phase: of.code,
    due: of.end,
    amount: at === 29 ? 3333.43 : 3333.33,
  }));
  return soundDeal('HUGE', { amount: 100000, phases, milestones });
}

/** Sold by Germany, delivered by Germany, the United Kingdom and the United States, each planning in its own currency. */
export function threeEntityDeal(): Deal {
  const task = (code: string, hours: number, billable = true) => ({ code, name: `Work ${code}`, hours, billable });
  return soundDeal('MULTI', {
    name: 'ERP for three countries',
    amount: 300000.01,
    po: 'PO-4711',
    assumptions: 'Client provides test data.\nTravel is billed apart.',
    phases: [
      { ...phase, code: 'P1', name: 'Blueprint', budget: 100000, tasks: [task('T1', 120.5), task('T2', 40, false)] },
      {
        code: 'P2',
        name: 'Build UK',
        start: '2026-12-07',
        end: '2027-02-12',
        country: 'GB',
        legalEntity: 'GB01',
        budget: 85000.25,
        currency: 'GBP',
        tasks: [task('T1', 300)],
      },
      {
        code: 'P3',
        name: 'Build US',
        start: '2027-01-04',
        end: '2027-03-12',
        country: 'US',
        legalEntity: 'US01',
        budget: 99999.99,
        currency: 'USD',
        tasks: [task('T1', 200), task('T2', 16.75)],
      },
      {
        code: 'P4',
        name: 'Test UK',
        start: '2027-02-15',
        end: '2027-03-26',
        country: 'GB',
        legalEntity: 'GB01',
        budget: 5000,
        currency: 'GBP',
        tasks: [],
      },
    ],
    milestones: [
      { code: 'M1', name: 'Signed', phase: null, due: '2026-12-01', amount: 30000 },
      { code: 'M2', name: 'Blueprint accepted', phase: 'P1', due: '2027-02-26', amount: 70000.01 },
      { code: 'M3', name: 'UK live', phase: 'P2', due: '2027-02-12', amount: 66666.67 },
      { code: 'M4', name: 'UK tested', phase: 'P4', due: '2027-03-26', amount: 33333.33 },
      { code: 'M5', name: 'US live', phase: 'P3', due: '2027-03-12', amount: 100000 },
    ],
    needs: [
      { code: 'N1', phase: 'P1', role: 'Architect', skills: ['SAP', 'Security'], region: 'DACH', ...dates, hours: 161, heads: 1 },
      { code: 'N2', phase: 'P2', role: 'Consultant', region: 'UK', start: '2026-12-07', end: '2027-02-12', hours: 301, heads: 3 },
      { code: 'N3', phase: 'P3', role: 'Consultant', skills: ['Java'], start: '2027-01-04', end: '2027-03-12', hours: 217, heads: 2 },
      { code: 'N4', phase: null, role: 'Architect', ...dates, hours: 10, heads: 1 },
    ],
    rates: [
      { role: 'Architect', rate: 210.5, unit: 'Hour' },
      { role: 'Consultant', rate: 1200, unit: 'Day' },
      { role: 'Consultant', region: 'UK', rate: 165, unit: 'Hour' },
    ],
  });
}

export const currencyDeals: { what: string; deal: Deal }[] = [
  {
    what: 'in yen, which has no decimals',
    deal: soundDeal('YEN', {
      currency: 'JPY',
      legalEntity: 'JP01',
      amount: 10000001,
      phases: [{ ...phase, country: 'JP', legalEntity: 'JP01', budget: 10000001 }],
      milestones: [
        { code: 'M1', name: 'One', phase: 'P1', due: '2027-01-15', amount: 3333333 },
        { code: 'M2', name: 'Two', phase: 'P1', due: '2027-01-31', amount: 3333334 },
        { code: 'M3', name: 'Three', phase: 'P1', due: '2027-02-26', amount: 3333334 },
      ],
    }),
  },
  {
    what: 'in Kuwaiti dinar, which has three decimals',
    deal: soundDeal('DINAR', {
      currency: 'KWD',
      amount: 1000.01,
      phases: [{ ...phase, budget: 1000.01 }],
      milestones: [
        { code: 'M1', name: 'One', phase: 'P1', due: '2027-01-15', amount: 333.34 },
        { code: 'M2', name: 'Two', phase: 'P1', due: '2027-02-26', amount: 666.67 },
      ],
    }),
  },
  {
    what: 'without phases',
    deal: soundDeal('NO-PHASES', {
      phases: [],
      milestones: [{ code: 'M1', name: 'All', phase: null, due: '2027-02-26', amount: 12000.5 }],
      needs: [],
    }),
  },
  {
    what: 'by time and materials for no fixed amount',
    deal: soundDeal('TM-ZERO', { billing: 'Time and Materials', amount: 0, milestones: [] }),
  },
  { what: 'as a retainer', deal: soundDeal('RETAINER', { billing: 'Retainer' }) },
];
