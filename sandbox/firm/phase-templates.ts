export interface PhaseTemplate {
  name: string;
  tasks: { name: string; billable: boolean; weight: number }[];
  /** effort in hours per week of phase */
  staff: { role: string; hoursPerWeek: number; headcount: number }[];
}

const task = (name: string, weight: number, billable = true) => ({ name, weight, billable });
const staff = (role: string, hoursPerWeek: number, headcount = 1) => ({ role, hoursPerWeek, headcount });

export const PHASE_TEMPLATES: Record<string, PhaseTemplate> = {
  discovery: {
    name: 'Discovery',
    tasks: [task('Stakeholder interviews', 3), task('Process mapping', 4), task('Target picture', 3), task('Internal set-up', 1, false)],
    staff: [staff('Engagement Manager', 12), staff('Business Analyst', 32), staff('Solution Architect', 16)],
  },
  design: {
    name: 'Design',
    tasks: [
      task('Solution blueprint', 4),
      task('Integration design', 3),
      task('Design reviews', 2),
      task('Internal quality review', 1, false),
    ],
    staff: [staff('Solution Architect', 32), staff('Senior Consultant', 32), staff('Engagement Manager', 8)],
  },
  build: {
    name: 'Build',
    tasks: [
      task('Configuration', 5),
      task('Interfaces', 4),
      task('Data migration', 4),
      task('System test', 3),
      task('Team coordination', 1, false),
    ],
    staff: [staff('Software Engineer', 64, 2), staff('Data Engineer', 32), staff('Consultant', 32), staff('Engagement Manager', 8)],
  },
  rollout: {
    name: 'Country rollout',
    tasks: [task('Localisation', 3), task('Training', 3), task('Cut-over', 2), task('Hypercare', 3), task('Travel coordination', 1, false)],
    staff: [staff('Consultant', 32), staff('Change Lead', 24), staff('Senior Consultant', 16)],
  },
  advisory: {
    name: 'Advisory',
    tasks: [task('Steering support', 3), task('Expert sessions', 4), task('Preparation', 1, false)],
    staff: [staff('Senior Consultant', 16), staff('Engagement Manager', 4)],
  },
};

export function phaseTemplate(key: string): PhaseTemplate {
  const found = PHASE_TEMPLATES[key];
  if (!found) throw new Error(`unknown phase template ${key}`);
  return found;
}
