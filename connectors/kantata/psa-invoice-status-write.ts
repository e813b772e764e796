import { createHash } from 'node:crypto';
import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { comparedParts, comparedWithShown, fieldOf, fieldsTold, isProjectPart, partOf } from '../../model/invoice-parts.ts';
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

/**
 * Tells the state of an invoice to a project, in the listed custom fields alone. Kantata's own invoices are documents of its own, and take no state of
 * another system. Each field is a call, all of them are one write: what is left of it is made when it goes on. The version comes last, so that a project
 * whose fields were written in part still shows the older one; before another invoice takes the place of one, its version is emptied, since fields of two
 * invoices are nobody's state.
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
  const read = () => naming(record, () => shownValues(api, workspace.id, context.signal));
  let known: Shown | undefined = await read();
  const [id, invoiceDate, version] = comparedParts.map((part) => {
    const value = known?.get(named.get(fieldOf(fields, part))?.id ?? '')?.value;
    return value === undefined || value === null || value === '' ? undefined : String(value);
  });
  if (comparedWithShown(invoice, { id, invoiceDate, version }, fields, about) === 'newer') {
    return { record: workspace.id, written: false, ...(id ? { shows: id } : {}) };
  }
  const wanted = fieldsTold(fields, status).map(([name, part]) => {
    const field = named.get(name) as CustomField;
    return { name, part, field, value: valueFor(field, part, partOf(status, part)) };
  });
  const versionLast = wanted.toSorted((one, other) => Number(one.part === 'version') - Number(other.part === 'version'));
  const last = versionLast.at(-1)!;
  const lacking = (shown: Shown) => versionLast.filter(({ field, value }) => !sameValue(value, shown.get(field.id)?.value));
  const look = async () => {
    const shown = known ?? (await read());
    known = undefined;
    return shown;
  };
  await context.effects.write<{ id: string }>({
    // by what is the same when the run comes again: the books may say something else of the project then
    key: `custom_fields ${key} ${markOf(wanted.filter(({ part }) => !isProjectPart(part)).map(({ field, value }) => [field.id, value]))}`,
    title: phrase('WRITE.in', {
      record: phrase('RECORD.kantata-invoice-status', { number: invoice.number, project: key }),
      systemName: 'Kantata',
    }),
    request: Object.fromEntries(wanted.map(({ name, value }) => [name, value])),
    undo: null,
    settle: 'probe',
    settleAfterMs: api.settings.settleAfterMs,
    lookFirst: true,
    probe: async () => {
      const shown = await look();
      if (lacking(shown).length === 0) return { id: workspace.id };
      known = shown;
      return undefined;
    },
    send: async () => {
      let shown = await look();
      const former = shown.get(last.field.id);
      const of = { key, workspaceId: workspace.id };
      if (id !== invoice.id && former && !sameValue(null, former.value)) {
        await writeValue(writer, { ...last, value: null }, former, of);
        shown = await read();
      }
      for (const one of lacking(shown)) await writeValue(writer, one, shown.get(one.field.id), of);
      return { id: workspace.id };
    },
  });
  return { record: workspace.id, written: true };
}

type Shown = ReadonlyMap<string, ShownValue>;

function writeValue(
  { api, context }: Writer,
  { name, field, value }: { name: string; field: CustomField; value: Json },
  shown: ShownValue | undefined,
  { key, workspaceId }: { key: string; workspaceId: string },
): Promise<unknown> {
  const record = phrase('RECORD.kantata-custom-field', { field: name, project: key });
  const attributes = { subject_type: 'workspace', subject_id: workspaceId, custom_field_id: field.id, value };
  return naming<unknown>(record, () =>
    shown
      ? api.change(`custom_field_values/${shown.id}`, 'custom_field_value', { value }, context.signal)
      : api.create('custom_field_values', 'custom_field_value', attributes, {}, context.signal),
  );
}

const markOf = (value: Json) => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 8);

async function naming<T>(record: ReturnType<typeof phrase>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw Failure.is(error) && !error.record ? error.with({ record }) : error;
  }
}
