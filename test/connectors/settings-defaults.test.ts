import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import should from 'should';
import { eventReceiverSettings } from '../../connectors/event-receiver/settings.ts';
import { kantataSettings } from '../../connectors/kantata/settings.ts';
import { netSuiteSettings } from '../../connectors/netsuite/settings.ts';
import { checkedConfig } from '../../connectors/salesforce-platform/settings.ts';
import { systems } from '../../connectors/systems.ts';
import type { Field, SelectField } from '../../declarations/node-declaration.ts';
import type { SystemDeclaration } from '../../declarations/system.ts';
import { Failure } from '../../model/failure.ts';
import { abaco } from '../conformance/toy-system/declaration.ts';
import { abacoSettings } from '../conformance/toy-system/settings.ts';
import { type Defaults, statedAgain } from './stated-again.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const languages = ['en-US', 'de'];
const tba = { kind: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' } as const;

type Given = Record<string, unknown>;

/** Of each system, where its settings are stated, and the settings of a connection of which nothing is known but what must be. */
const tried: Record<string, { folders: string[]; settings: (given: Given) => object }> = {
  salesforce: {
    folders: ['connectors/salesforce', 'connectors/salesforce-platform'],
    settings: (given) =>
      checkedConfig({
        loginUrl: 'https://firm.my.salesforce.com',
        flow: 'client-credentials',
        clientId: 'a',
        clientSecret: 'b',
        ...given,
      }),
  },
  netsuite: { folders: ['connectors/netsuite'], settings: (given) => netSuiteSettings({ accountId: '1234567', auth: tba, ...given }) },
  kantata: { folders: ['connectors/kantata'], settings: (given) => kantataSettings({ accessToken: 'a', ...given }) },
  'event-receiver': {
    folders: ['connectors/event-receiver'],
    settings: (given) => eventReceiverSettings({ url: 'https://receiver.example', secret: 'a', ...given }),
  },
  abaco: { folders: ['test/conformance/toy-system'], settings: (given) => abacoSettings({ apiKey: 'a', ...given }) },
};

/** Another value of settings that take not every text. */
const ofForm: Record<string, string> = {
  baseUrl: 'https://other.example',
  apiVersion: '61.0',
  assignmentRecord: 'customrecord_other',
  pubsub: 'other.example:7443',
};

/** Another value of the same kind, which the settings take. */
const anotherOf = (name: string, value: string | number) => {
  if (typeof value === 'number') return value + 1;
  return ofForm[name] ?? 'OTHER';
};

async function defaultsOf({ name }: SystemDeclaration): Promise<Defaults> {
  const file = tried[name]!.folders.map((folder) => `${root}${folder}/settings.ts`).find((path) => existsSync(path));
  const { defaults } = (await import(file!)) as { defaults: Defaults };
  return defaults;
}

const formBegins = (field: Field | undefined) => (field && 'default' in field ? field.default : undefined);
const isChoice = (field: Field): field is SelectField => field.kind === 'select';

describe('A default of a connection', () => {
  it('is looked for in every system', () => {
    Object.keys(tried).should.deepEqual([...systems, abaco].map(({ name }) => name));
  });

  for (const system of [...systems, abaco]) {
    describe(system.title, () => {
      let defaults: Defaults;
      const fieldNamed = (name: string) => system.fields.find((field) => field.name === name);
      const choices = system.fields.filter(isChoice);
      const namesOfChoices = choices.map(({ name }) => name);
      before(async () => {
        defaults = await defaultsOf(system);
      });

      it('is what the form begins with, or shows where it begins empty', () => {
        Object.keys(defaults).length.should.be.above(0);
        for (const [name, value] of Object.entries(defaults)) {
          const field = fieldNamed(name);
          const shown = formBegins(field) === '' ? field?.placeholder : formBegins(field);
          should(shown).equal(value, `the form does not begin with ${name}`);
        }
        const declared = system.fields.flatMap((field) =>
          formBegins(field) === undefined || formBegins(field) === '' ? [] : [field.name],
        );
        declared.filter((name) => defaults[name] === undefined).should.deepEqual([], 'declared by the form alone');
      });

      it('is what holds where nothing is given', () => {
        const { settings } = tried[system.name]!;
        const names = Object.keys(defaults).filter((name) => !namesOfChoices.includes(name));
        names.length.should.be.above(0);
        for (const name of names) {
          settings({ [name]: defaults[name] }).should.deepEqual(settings({}), name);
          settings({ [name]: anotherOf(name, defaults[name]!) }).should.not.deepEqual(settings({}), name);
        }
      });

      it('is the choice that holds where none is made', () => {
        const refusal = (values: Record<string, string>) => {
          try {
            const given = {
              loginUrl: 'https://firm.my.salesforce.com',
              accountId: '1234567',
              clientId: 'a',
              url: 'https://receiver.example',
            };
            void system.connect({ ...given, ...values }).close();
            return undefined;
          } catch (error) {
            return Failure.from(error).field;
          }
        };
        for (const { name, options } of choices) {
          const all = options.map((option) => refusal({ [name]: option }));
          new Set(all).size.should.be.above(1, 'the choices cannot be told apart');
          should(refusal({})).equal(refusal({ [name]: String(defaults[name]) }), name);
        }
      });

      it('is stated once', () => {
        const files = tried[system.name]!.folders.flatMap((folder) =>
          ['settings.ts', 'declaration.ts'].map((file) => `${root}${folder}/${file}`).filter((path) => existsSync(path)),
        );
        files.length.should.be.aboveOrEqual(2);
        files.flatMap((file) => statedAgain(readFileSync(file, 'utf8'), defaults, namesOfChoices)).should.deepEqual([]);
      });

      it('is said by the hint of a field that begins empty', () => {
        const hidden = Object.keys(defaults).filter((name) => formBegins(fieldNamed(name)) === '');
        for (const language of languages) {
          if (hidden.length === 0) continue;
          const words = JSON.parse(readFileSync(`${root}locales/${language}/systems/${system.name}.json`, 'utf8')) as {
            hint: Record<string, string>;
          };
          for (const name of hidden) should(words.hint[name]).containEql(`: ${defaults[name]}`);
        }
      });
    });
  }
});

describe('A default that is stated again is found', () => {
  const defaults = { auth: 'oauth2', serviceItem: 'SVC-CONSULTING', concurrency: 4, timeoutMs: 60_000 };
  const again = (text: string) => statedAgain(text, defaults, ['auth']);

  for (const [where, text] of [
    ['in the form', "const fields = [{ name: 'serviceItem', default: 'SVC-CONSULTING' }];"],
    ['in the form, as another value', "const fields = [{ name: 'serviceItem', default: 'SVC-ADVICE' }];"],
    ['in the form, as a choice', "const fields = [{ name: 'auth', options: ['oauth2', 'tba'], default: 'oauth2' }];"],
    ['in the form, as a number', 'const fields = [concurrencyField(4)];'],
    ['in the settings', "const item = config.serviceItem?.trim() || 'SVC-CONSULTING';"],
    ['in the settings, as another value', "const item = config.serviceItem ?? 'SVC-ADVICE';"],
    ['in the settings, as a number', "const limit = whole('timeoutMs', config.timeoutMs, 60000, 3_600_000);"],
    ['where it connects', "const auth = values['auth'] ?? 'tba';"],
  ] as const) {
    it(where, () => {
      again(text).should.have.length(1);
    });
  }

  it('and nothing else: the statement itself, what a form leaves empty, options and other numbers', () => {
    again(
      "export const defaults = { auth: 'oauth2', serviceItem: 'SVC-CONSULTING', concurrency: 4, timeoutMs: 60_000 } as const;",
    ).should.be.empty();
    again(
      "const fields = [{ name: 'baseUrl', default: '' }, { name: 'auth', options: ['oauth2', 'tba'], default: defaults.auth }];",
    ).should.be.empty();
    again(
      "const item = config.serviceItem?.trim() || defaults.serviceItem; const status = config.status ?? 'open'; const most = 100;",
    ).should.be.empty();
  });
});
