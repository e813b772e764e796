import { html, nothing } from 'lit';
import type { RunAbout } from '../answers.ts';
import type { ConsoleHost } from '../host.ts';
import { outside } from './outside.ts';

/** What a list tells of a run beside its title: engagement, amount, hours, and the person to those who may see one. */
export function runFacts({ formats }: ConsoleHost, subject: string, { engagement, amount, currency, minutes, person }: RunAbout) {
  const money = amount === undefined || currency === undefined ? undefined : formats.money(amount, currency);
  const facts = [
    engagement === subject ? undefined : engagement,
    money,
    minutes === undefined ? undefined : formats.minutes(minutes),
    person,
  ];
  return facts.map((fact) => (fact === undefined ? nothing : html`<span>${outside(fact)}</span>`));
}
