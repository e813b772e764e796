import { LEGAL_ENTITIES, legalEntity } from './legal-entities.ts';
import type { Random } from './random.ts';
import { role } from './roles.ts';

export interface Person {
  /** `EMP-001`; the subcontractor, whom the ERP does not know, has `EXT-001` */
  code: string;
  firstName: string;
  lastName: string;
  email: string;
  role: string;
  skills: { name: string; level: number }[];
  region: string;
  legalEntity: string;
  /** working minutes Monday to Sunday */
  week: number[];
  inErp: boolean;
}

const FIRST: Record<string, readonly string[]> = {
  DE: ['Anna', 'Bernd', 'Clara', 'Dirk', 'Elif', 'Florian', 'Greta', 'Holger', 'Ines', 'Jonas', 'Katrin', 'Lukas', 'Miriam', 'Nils'],
  NL: ['Anouk', 'Bram', 'Daan', 'Esther', 'Femke', 'Gijs', 'Hanneke', 'Joost', 'Lotte', 'Maarten'],
  GB: ['Alice', 'Benedict', 'Charlotte', 'Declan', 'Eleanor', 'Gareth', 'Harriet', 'Imran', 'Joanna', 'Kieran'],
  US: ['Aaron', 'Brooke', 'Carlos', 'Denise', 'Ethan', 'Grace', 'Hector', 'Jasmine', 'Kevin'],
  CH: ['Andrin', 'Beatrice', 'Fabio', 'Nadine', 'Urs'],
  JP: ['Haruto', 'Mika', 'Ren', 'Sakura'],
};

const LAST: Record<string, readonly string[]> = {
  DE: [
    'Becker',
    'Brandt',
    'Demir',
    'Engel',
    'Fischer',
    'Graf',
    'Hoffmann',
    'Jansen',
    'Krause',
    'Lorenz',
    'Maurer',
    'Nowak',
    'Peters',
    'Seidel',
  ],
  NL: ['Bakker', 'Dekker', 'de Groot', 'Hendriks', 'Kuiper', 'Mulder', 'Smit', 'van Vliet', 'Visser', 'Willems'],
  GB: ['Barker', 'Carmichael', 'Davies', 'Ellison', 'Fletcher', 'Hussain', 'Lowe', 'Morgan', 'Pritchard', 'Stone'],
  US: ['Alvarez', 'Bennett', 'Coleman', 'Dawson', 'Freeman', 'Hayes', 'Kim', 'Lawson', 'Nguyen'],
  CH: ['Ammann', 'Bianchi', 'Frei', 'Keller', 'Zgraggen'],
  JP: ['Fujita', 'Mori', 'Sato', 'Watanabe'],
};

const HEADCOUNT: Record<string, number> = { DE01: 12, NL01: 8, GB01: 8, US01: 7, CH01: 3, JP01: 2 };

/** every office fills the roles in this order, so that even the small ones can lead and deliver */
const ROLE_ORDER: readonly string[] = [
  'Engagement Manager',
  'Senior Consultant',
  'Solution Architect',
  'Data Engineer',
  'Consultant',
  'Business Analyst',
  'Software Engineer',
  'Change Lead',
];

const FULL_TIME: Record<string, number[]> = {
  DE: [480, 480, 480, 480, 480, 0, 0],
  NL: [480, 480, 480, 480, 240, 0, 0],
  GB: [450, 450, 450, 450, 450, 0, 0],
  US: [480, 480, 480, 480, 480, 0, 0],
  CH: [495, 495, 495, 495, 495, 0, 0],
  JP: [480, 480, 480, 480, 480, 0, 0],
};

const PART_TIME = [480, 480, 480, 480, 0, 0, 0];

function emailOf(firstName: string, lastName: string): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(' ', '-');
  return `${plain(firstName)}.${plain(lastName)}@quarrow.example`;
}

function skillsOf(roleName: string, random: Random): Person['skills'] {
  const own = random.shuffled(role(roleName).skills).slice(0, random.between(2, 3));
  return own.map((name) => ({ name, level: random.between(2, 5) })).sort((a, b) => a.name.localeCompare(b.name));
}

export function hirePeople(random: Random): Person[] {
  const people: Person[] = [];
  for (const entity of LEGAL_ENTITIES) {
    const firstNames = random.shuffled(FIRST[entity.country] ?? []);
    const lastNames = random.shuffled(LAST[entity.country] ?? []);
    for (let index = 0; index < (HEADCOUNT[entity.code] ?? 0); index += 1) {
      const firstName = firstNames[index] as string;
      const lastName = lastNames[index] as string;
      const roleName = ROLE_ORDER[index % ROLE_ORDER.length] as string;
      people.push({
        code: `EMP-${String(people.length + 1).padStart(3, '0')}`,
        firstName,
        lastName,
        email: emailOf(firstName, lastName),
        role: roleName,
        skills: skillsOf(roleName, random),
        region: entity.region,
        legalEntity: entity.code,
        week: index > 2 && random.chance(15) ? PART_TIME : (FULL_TIME[entity.country] as number[]),
        inErp: true,
      });
    }
  }
  return [...people, subcontractor()];
}

/** Works in the PSA like everyone else; nobody entered him in the ERP, so his time cannot be posted there. */
function subcontractor(): Person {
  return {
    code: 'EXT-001',
    firstName: 'Viktor',
    lastName: 'Halasz',
    email: 'viktor.halasz@freelance.example',
    role: 'Data Engineer',
    skills: [{ name: 'Data Migration', level: 5 }],
    region: legalEntity('DE01').region,
    legalEntity: 'DE01',
    week: [480, 480, 0, 0, 0, 0, 0],
    inErp: false,
  };
}
