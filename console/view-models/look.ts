import type { RunStatus } from '../answers.ts';
import type { IconName } from '../parts/icons.ts';
import type { StepState } from './step-state.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'quiet';

export interface Look {
  tone: Tone;
  icon: IconName;
}

/** Colour and sign of each status; the word beside them comes from the catalogue, so that neither has to be guessed. */
export const runLook: Record<RunStatus, Look> = {
  ready: { tone: 'quiet', icon: 'clock' },
  running: { tone: 'busy', icon: 'play' },
  waiting: { tone: 'warn', icon: 'clock' },
  done: { tone: 'good', icon: 'check' },
  dead: { tone: 'bad', icon: 'cross' },
  cancelled: { tone: 'quiet', icon: 'ban' },
};

export const stepLook: Record<StepState, Look> = {
  done: { tone: 'good', icon: 'check' },
  found: { tone: 'good', icon: 'search' },
  rejected: { tone: 'bad', icon: 'cross' },
  'not-made': { tone: 'quiet', icon: 'ban' },
  'in-doubt': { tone: 'warn', icon: 'question' },
  'under-way': { tone: 'busy', icon: 'play' },
  compensated: { tone: 'quiet', icon: 'back' },
};
