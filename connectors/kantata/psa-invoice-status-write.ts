import { createHash } from 'node:crypto';
import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { comparedWithShown, fieldOf, partOf } from '../../model/invoice-parts.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import type { InvoiceStatusResult, InvoiceStatusToWrite } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import {
  type CustomField,
  customFieldsOf,
  sameValue,
  type ShownValue,
  shownValues,
  valueFor,
} from './psa-invoice-status-write/custom-fields.ts';
import type { Writer } from './records/ensure-record.ts';
import { workspaceLookup } from './records/workspace-lookup.ts';
import { idOf } from './wire/envelope.ts';

/**
 * Tells the state of an invoice to a project, in the listed custom fields alone. Kantata's own invoices are documents of its own, and take no state of
 * another system. Each field is a write; the version comes last, so that a project whose fields were written in part still shows the older one.
 */
export async function writeInvoiceStatus(status: InvoiceStatusToWrite, writer: Writer): Promise<InvoiceStatusResult> {
  const { invoice, key, fields } = status;
  const { api, context } = writer;
  const record = called.project(key);
  const about = { system: 'kantata', record };
  const workspace = await workspaceLookup(api, [key], context.signal).find(key);
  if (!workspace) {
    const said = inWords('PROJECT_UNKNOWN.kantata', { project: key });
    throw new Failure({ class: 'mapping.missing', ...said, ...about, field: 'project', value: key, outcome: 'not-made' });
  }
  const named = await naming(record, () => customFieldsOf(api, Object.keys(fields), context.signal));
  const shown = await shownValues(api, workspace.id, context.signal);
  const versionField = fieldOf(fields, 'version');
  const shownText = (field: string) => {
    const value = shown.get(named.get(field)?.id ?? '')?.value;
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const [id, version] = [shownText(fieldOf(fields, 'id')), shownText(versionField)];
  if (comparedWithShown(invoice, { id, version }, { ...about, field: versionField }) === 'newer') {
    return { record: workspace.id, written: false, ...(id ? { shows: id } : {}) };
  }
  const wanted = Object.entries(fields).map(([name, part]) => {
    const field = named.get(name) as CustomField;
    return { name, field, value: valueFor(field, part, partOf(invoice, part)) };
  });
  for (const one of [...wanted.filter(({ name }) => name !== versionField), ...wanted.filter(({ name }) => name === versionField)]) {
    await writeValue(writer, { ...one, key, workspaceId: workspace.id, shown: shown.get(one.field.id) });
  }
  return { record: workspace.id, written: true };
}

interface ValueToWrite {
  name: string;
  field: CustomField;
  value: Json;
  /** code of the project */
  key: string;
  workspaceId: string;
  shown: ShownValue | undefined;
}

async function writeValue({ api, context }: Writer, { name, field, value, key, workspaceId, shown }: ValueToWrite): Promise<void> {
  // nothing is shown, and nothing is to be
  if (value === null && !shown) return;
  const record = phrase('RECORD.kantata-custom-field', { field: name, project: key });
  let there = shown;
  let sent = false;
  const look = async () => {
    if (sent) there = (await shownValues(api, workspaceId, context.signal)).get(field.id);
    return there;
  };
  await context.effects.write<{ id: string }>({
    key: `custom_field ${key} ${field.id} ${markOf(value)}`,
    title: phrase('WRITE.in', { record, systemName: 'Kantata' }),
    request: { custom_field_value: { custom_field_id: field.id, value } },
    undo: null,
    settle: 'probe',
    settleAfterMs: api.settings.settleAfterMs,
    lookFirst: true,
    probe: () =>
      naming(record, async () => {
        const found = await look();
        return found && sameValue(value, found.value) ? { id: found.id } : undefined;
      }),
    send: () =>
      naming(record, async () => {
        const found = await look();
        sent = true;
        if (found) {
          await api.change(`custom_field_values/${found.id}`, 'custom_field_value', { value }, context.signal);
          return { id: found.id };
        }
        const attributes = { subject_type: 'workspace', subject_id: workspaceId, custom_field_id: field.id, value };
        const { results } = await api.create('custom_field_values', 'custom_field_value', attributes, {}, context.signal);
        return { id: idOf(results[0] ?? {}, record) };
      }),
  });
}

const markOf = (value: Json) => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 8);

async function naming<T>(record: ReturnType<typeof phrase>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw Failure.is(error) && !error.record ? error.with({ record }) : error;
  }
}
