import should from 'should';
import { resources } from '../../sandbox/kantata/resources.ts';
import type { KantataClient, Shown } from './kantata-client.ts';
import { fullFirm, LIST_QUERY } from './kantata-full-firm.ts';
import { type Exchange, type GemResource, needVendorFiles, type Swagger, type TapSchema, vendorJson } from './kantata-vendor-files.ts';

const SWAGGER_NAMES: Record<string, string> = {
  workspaces: 'Workspace',
  timesheet_submissions: 'TimesheetSubmission',
  stories: 'Story',
  users: 'User',
  time_entries: 'TimeEntry',
  roles: 'Role',
  invoices: 'Invoice',
  external_references: 'ExternalReference',
};

/** Where the vendor's own files disagree with each other: captures win over the contract, the contract over the extractor's schemas. */
const CONTRADICTIONS: Record<string, string> = {
  'stories.priority': 'integer in the contract; text in all 46 captured stories',
  'time_entries.taxable': 'text in the extractor schema; boolean in contract and captures',
  'invoices.id': 'integer in the extractor schema; text in captures',
  'workspaces.target_margin': 'integer in the extractor schema; float in the contract',
  'custom_field_values.subject_type': 'no extractor schema of its own name',
};

/** Captured or client-declared attributes that the contract omits, and that the sandbox shows. */
const BEYOND_CONTRACT: Record<string, string[]> = {
  users: ['generic', 'disabled', 'account_id'],
  workspaces: ['require_notes_on_time_entries'],
  stories: [],
  invoices: [],
};

/** Captured attributes that the sandbox leaves out: flags of the web client that no integration reads. */
const NOT_SERVED = new Set([
  'update_whitelist',
  'account_features',
  'show_nonbillable_time_on_invoices',
  'has_proofing_access',
  'user_can_edit',
]);

/** Writable by the API pages of 2026, or needed to set a sandbox up; unknown to the vendor client's specification of 2025. */
const WRITTEN_TODAY = [
  'billing_milestones.billing_type',
  'rate_card_versions.rate_card_id',
  'rate_card_versions.rate_card_set_version_id',
  'stories.custom_fields',
  'workspace_groups.custom_fields',
  'workspace_resources.custom_fields',
];

describe('Kantata sandbox against the vendor contract and captures', () => {
  let client: KantataClient;

  before(async function () {
    needVendorFiles(this);
    client = await fullFirm();
  });
  after(() => client?.stop());

  async function rowsOf(collection: string, everything: boolean): Promise<Shown[]> {
    const resource = resources.find((candidate) => candidate.collection === collection);
    const include = Object.keys(resource?.associations ?? {}).join(',');
    const optional = Object.entries(resource?.attributes ?? {})
      .filter(([, attribute]) => attribute.optional)
      .map(([name]) => name);
    const extra = everything ? `include=${include}&optional_fields=${optional.join(',')}&` : '';
    const answer = await client.get(`/${collection}?${LIST_QUERY[collection] ?? ''}${extra}per_page=200`);
    answer.rows.length.should.be.above(0, `${collection} has rows: ${JSON.stringify(answer.body).slice(0, 200)}`);
    return answer.rows;
  }

  it('shows no field that the contract lacks, and every value has the declared type', async () => {
    const { definitions } = vendorJson<Swagger>('kantata/kantata-ox.subset.swagger.json');
    for (const [collection, name] of Object.entries(SWAGGER_NAMES)) {
      const properties = definitions[name]?.properties ?? {};
      for (const row of await rowsOf(collection, true)) {
        for (const [key, value] of Object.entries(row)) {
          if (key === 'id') continue;
          const property = properties[key];
          if (!property) {
            const known = [...(BEYOND_CONTRACT[collection] ?? []), ...gemAttributes(collection)];
            known.includes(key).should.be.true(`${collection}.${key} is in no contract`);
            continue;
          }
          if (value === null || `${collection}.${key}` in CONTRADICTIONS) continue;
          fits(value, property.type).should.be.true(`${collection}.${key}: ${JSON.stringify(value)} is no ${property.type}`);
          if (property.items)
            for (const item of value as unknown[])
              fits(item, property.items.type).should.be.true(`${collection}.${key} holds ${String(item)}`);
        }
      }
    }
  });

  it('keeps back what the contract shows only with include or optional_fields', async () => {
    const { definitions } = vendorJson<Swagger>('kantata/kantata-ox.subset.swagger.json');
    let kept = 0;
    for (const [collection, name] of Object.entries(SWAGGER_NAMES)) {
      const bare = await rowsOf(collection, false);
      const full = await rowsOf(collection, true);
      for (const [key, property] of Object.entries(definitions[name]?.properties ?? {})) {
        const held = property['x-only-with-include'] || property['x-optional-field'];
        if (held) for (const row of bare) (key in row).should.be.false(`${collection}.${key} without being asked for`);
        if (held && full.some((row) => key in row)) kept++;
      }
    }
    kept.should.be.above(50);
  });

  it('serves every plain field of the contract, but for those named here', async () => {
    const { definitions } = vendorJson<Swagger>('kantata/kantata-ox.subset.swagger.json');
    const missing: string[] = [];
    for (const [collection, name] of Object.entries(SWAGGER_NAMES)) {
      const [row] = await rowsOf(collection, false);
      for (const [key, property] of Object.entries(definitions[name]?.properties ?? {})) {
        if (!property['x-only-with-include'] && !property['x-optional-field'] && !(key in (row ?? {})))
          missing.push(`${collection}.${key}`);
      }
    }
    // task status sets and split budget flags came after the captures; nothing reads them
    missing
      .sort()
      .should.deepEqual([
        'workspaces.actual_fees_includes_additional_line_items',
        'workspaces.actual_fees_includes_expenses',
        'workspaces.task_status_set_id',
        'workspaces.task_status_set_name',
        'workspaces.task_statuses',
      ]);
  });

  it('refuses an empty create by naming each attribute that the contract requires', async () => {
    const { paths } = vendorJson<Swagger>('kantata/kantata-ox.subset.swagger.json');
    for (const path of ['/time_entries', '/workspaces', '/timesheet_submissions']) {
      const [singular, schema] = Object.entries(paths[path]?.['post']?.requestBody?.properties ?? {})[0] ?? ['', { required: [] }];
      const answer = await client.post(path, { [singular]: {} });
      const fields = answer.errors.map((error) => error.field);
      for (const required of schema.required) fields.includes(required).should.be.true(`${path} ${required}`);
    }
  });

  function gemAttributes(collection: string): string[] {
    const gem = vendorJson<Record<string, GemResource>>('kantata/mavenlink-gem.specification.json')[collection];
    return [
      ...(gem?.attributes ?? []),
      ...(gem?.create_attributes ?? []),
      ...Object.values(gem?.associations ?? {}).map((other) => other.foreign_key),
    ];
  }

  it('accepts no attribute on create or update that neither contract nor vendor client knows', () => {
    const gem = vendorJson<Record<string, GemResource>>('kantata/mavenlink-gem.specification.json');
    const swagger = vendorJson<Swagger>('kantata/kantata-ox.subset.swagger.json');
    const unknown: string[] = [];
    for (const resource of resources) {
      const declared = gem[resource.collection];
      const body = swagger.paths[`/${resource.collection}`]?.['post']?.requestBody?.properties[resource.singular] as
        { properties?: object } | undefined;
      const written = new Set([
        ...(declared?.create_attributes ?? []),
        ...(declared?.update_attributes ?? []),
        ...Object.keys(body?.properties ?? {}),
      ]);
      for (const name of new Set([...(resource.create ?? []), ...(resource.update ?? [])])) {
        if (written.size > 0 && !written.has(name)) unknown.push(`${resource.collection}.${name}`);
      }
    }
    // on the API pages of today, or set-up of the sandbox, though not in the client's specification of 2025
    unknown.sort().should.deepEqual(WRITTEN_TODAY);
  });

  it('names associations, keys and collections as the vendor client does', () => {
    const gem = vendorJson<Record<string, GemResource>>('kantata/mavenlink-gem.specification.json');
    let compared = 0;
    for (const resource of resources) {
      for (const [name, association] of Object.entries(resource.associations)) {
        const declared = gem[resource.collection]?.associations?.[name];
        if (!declared || `${resource.collection}.${name}` === 'workspace_resource_skills.creator') continue; // the client maps that one to user_id
        association.should.have.properties({ key: declared.foreign_key, collection: declared.collection });
        compared++;
      }
    }
    compared.should.be.above(70);
  });

  it('satisfies the schemas of a public extractor', async () => {
    const schemas = vendorJson<Record<string, TapSchema>>('kantata/tap-mavenlink.schemas.json');
    client.load({ foreignKeys: 'captured' });
    let checked = 0;
    for (const [stream, schema] of Object.entries(schemas)) {
      const collection = stream === 'workspace_custom_field_values' ? 'custom_field_values' : stream;
      if (!resources.some((resource) => resource.collection === collection)) continue;
      for (const row of await rowsOf(collection, false)) {
        for (const [key, value] of Object.entries(row)) {
          const types = [schema.properties[key]?.type ?? []].flat();
          if (types.length === 0 || value === null || `${collection}.${key}` in CONTRADICTIONS) continue;
          types
            .some((type) => fits(value, type))
            .should.be.true(`${collection}.${key}: ${JSON.stringify(value)} is none of ${types.join()}`);
          checked++;
        }
      }
    }
    client.load({ foreignKeys: 'contract' });
    checked.should.be.above(300);
  });

  it('answers with the envelope and the row shape of the exchanges recorded in 2021', async () => {
    const exchanges = vendorJson<Exchange[]>('kantata/captured-exchanges.mavenlink-2021.json');
    client.load({ foreignKeys: 'captured' });
    const collections = new Set<string>();
    for (const { request, response } of exchanges.filter((exchange) => exchange.request.method === 'GET')) {
      const [path = '', query = ''] = request.uri.split('/api/v1/')[1]?.split('?') ?? [];
      const collection = path.split('/')[0] ?? '';
      if (collections.has(`${collection}?${query}`)) continue;
      collections.add(`${collection}?${query}`);
      const include = new URLSearchParams(query).get('include');
      const ours = await client.get(`/${collection}?${LIST_QUERY[collection] ?? ''}${include ? `include=${include}` : ''}`);
      Object.keys(ours.body)
        .sort()
        .should.deepEqual(
          Object.keys(response.body)
            .filter((key) => key !== '_trimmed')
            .sort(),
        );
      Object.keys(ours.body['meta'] ?? {})
        .sort()
        .should.deepEqual(Object.keys(response.body['meta'] ?? {}).sort());
      ours.rows.length.should.be.above(0, `${collection} has rows to compare`);
      for (const [section, captured] of Object.entries(response.body)) sameShape(section, captured, ours.body[section]);
    }
    client.load({ foreignKeys: 'contract' });
    collections.size.should.be.above(8);
  });

  it('takes the recorded form posts and answers in their shape', async () => {
    const exchanges = vendorJson<Exchange[]>('kantata/captured-exchanges.mavenlink-2021.json').filter(
      (exchange) => exchange.request.method === 'POST',
    );
    exchanges.length.should.be.above(1);
    client.load({
      foreignKeys: 'captured',
      workspaces: [{ id: '36380125', title: 'Recorded', currency: 'USD' }],
      stories: [{ id: '713894615', workspace_id: '36380125', title: 'Recorded', story_type: 'task' }],
      invoices: [{ id: '10662795', workspace_ids: ['36380125'], balance_in_cents: 1000, currency: 'USD', status: 'new' }],
    });
    for (const { request, response } of exchanges) {
      const collection = request.uri.split('/api/v1/')[1] ?? '';
      const ours = await client.send('POST', `/${collection}`, request.body, { 'content-type': 'application/x-www-form-urlencoded' });
      ours.status.should.equal(response.status.code);
      sameShape(collection, response.body[collection], ours.body[collection]);
      const captured = Object.values(response.body[collection] as Record<string, Shown>)[0];
      for (const key of ['balance_in_cents', 'amount_in_cents', 'payment_schedule', 'draft', 'status']) {
        if (captured && key in captured) should(ours.rows[0]?.[key]).deepEqual(captured[key], `${collection}.${key}`);
      }
    }
    client.load({ foreignKeys: 'contract' });
  });

  it('the older bodies of 2016 need no field that is gone', async () => {
    const bodies = vendorJson<Record<string, Record<string, unknown>>>('kantata/captured-bodies.mavenlink-2016.json');
    client.load({ foreignKeys: 'captured' });
    for (const collection of Object.keys(bodies)) {
      const ours = await client.get(`/${collection}?${collection === 'workspace_groups' ? 'include=workspaces' : ''}`);
      sameShape(collection, bodies[collection]?.[collection], ours.body[collection]);
    }
    client.load({ foreignKeys: 'contract' });
  });
});

function fits(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

/** Every captured attribute is served, with the same kind of value and the same written form. */
function sameShape(section: string, captured: unknown, ours: unknown): void {
  if (['count', 'results', 'meta', '_trimmed'].includes(section)) return;
  const row = Object.values(ours as Record<string, Shown>)[0];
  const others = Object.values(captured as Record<string, Shown>);
  if (!row) return;
  for (const key of new Set(others.flatMap((other) => Object.keys(other)))) {
    if (NOT_SERVED.has(key)) continue;
    (key in row).should.be.true(`${section}.${key} is captured`);
    const kinds = new Set(others.map((other) => kindOf(other[key])).filter((kind) => kind !== 'null'));
    const kind = kindOf(row[key]);
    if (kind !== 'null' && kinds.size > 0) kinds.has(kind).should.be.true(`${section}.${key}: ${JSON.stringify(row[key])}`);
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string' && INSTANT.test(value)) return 'instant';
  return typeof value;
}
