import type { FieldType, FieldTypeOf, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import { childrenOf, findField, findObject, findParent, objectOfId } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/object.ts';
import type { Row } from '../store/state.ts';
import { malformed, unknownChildren, unknownParent } from './complaint.ts';
import { functionExpression } from './expression.ts';
import { cellOf, parentOf, recordUrl, resolvePath, type Scope } from './path.ts';

export type Rendered = Record<string, unknown>;
type Writer = (target: Rendered, row: Row) => void;
/** Runs a child query over the rows that belong to one parent. */
export type ChildQuery = (object: SObject, subquery: Subquery, rows: readonly Row[]) => unknown;

interface Node {
  values: Writer[];
  parents: Map<string, { field: Field; node: Node }>;
}

/** Compiles the SELECT list; answers a function that renders one row, and the columns in order (for CSV). */
export function compileSelect(
  scope: Scope,
  object: SObject,
  query: QueryBase,
  alias: string | undefined,
  runChildren: ChildQuery,
): { render(row: Row): Rendered; columns: string[] } {
  const root: Node = { values: [], parents: new Map() };
  const columns: string[] = [];
  const order: Writer[] = [];
  for (const selected of query.fields ?? []) addField(selected);
  const duplicate = columns.find((column, index) => columns.indexOf(column) !== index);
  if (duplicate) throw malformed(`duplicate field selected: ${duplicate}`);
  return { columns, render: (row) => renderNode(scope, object, row, order) };

  function addField(selected: FieldType): void {
    switch (selected.type) {
      case 'Field':
        addPath(selected.field);
        break;
      case 'FieldRelationship':
        addPath([...selected.relationships, selected.field].join('.'));
        break;
      case 'FieldSubquery':
        addChildren(selected.subquery);
        break;
      case 'FieldTypeof':
        addTypeOf(selected);
        break;
      case 'FieldFunctionExpression':
        if (selected.functionName.toUpperCase() === 'FIELDS') addAll(String(selected.parameters[0]).toUpperCase());
        else {
          const expression = functionExpression(scope, object, selected, alias);
          const key = selected.alias ?? expression.field.name;
          columns.push(key);
          order.push((target, row) => {
            target[key] = expression.read(row);
          });
        }
        break;
    }
  }

  function addPath(written: string): void {
    const path = resolvePath(scope, object, written, alias);
    columns.push([...path.steps.map((step) => step.field.relationshipName), path.field.name].join('.'));
    let node = root;
    for (const { field } of path.steps) {
      const key = field.relationshipName ?? field.name;
      let parent = node.parents.get(key);
      if (!parent) {
        parent = { field, node: { values: [], parents: new Map() } };
        node.parents.set(key, parent);
        if (node === root) order.push(parentWriter(scope, key, parent));
        else node.values.push(parentWriter(scope, key, parent));
      }
      node = parent.node;
    }
    const { field } = path;
    const write: Writer = (target, row) => {
      target[field.name] = cellOf(field, row);
    };
    if (node === root) order.push(write);
    else node.values.push(write);
  }

  function addAll(which: string): void {
    if (which !== 'STANDARD' && (query.limit === undefined || query.limit > 200)) {
      throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
    }
    const fields = object.fields.filter((field) => which === 'ALL' || field.name.endsWith('__c') === (which === 'CUSTOM'));
    for (const field of fields) addPath(field.name);
  }

  function addChildren(subquery: Subquery): void {
    const relation = childrenOf(object).find((each) => each.name?.toLowerCase() === subquery.relationshipName.toLowerCase());
    if (!relation?.name) throw unknownChildren(scope.query, subquery.relationshipName);
    const { name, field } = relation;
    runChildren(relation.object, subquery, []);
    columns.push(name);
    order.push((target, row) => {
      const rows = scope.records.by(relation.object.name, field.name, row.Id);
      target[name] = runChildren(relation.object, subquery, rows);
    });
  }

  function addTypeOf(selected: FieldTypeOf): void {
    const field = findParent(object, selected.field);
    if (!field?.relationshipName) throw unknownParent(scope.query, selected.field);
    const key = field.relationshipName;
    columns.push(key);
    order.push((target, row) => {
      const parent = parentOf(scope.records, row, field);
      const type = parent && objectOfId(parent.Id);
      if (!parent || !type) {
        target[key] = null;
        return;
      }
      const branch =
        selected.conditions.find((each) => each.objectType && findObject(each.objectType) === type) ??
        selected.conditions.find((each) => each.type === 'ELSE');
      const values: Rendered = attributesOf(scope, type, parent);
      for (const name of branch?.fieldList ?? []) {
        const each = findField(type, name);
        if (each) values[each.name] = cellOf(each, parent);
      }
      target[key] = values;
    });
  }
}

function parentWriter(scope: Scope, key: string, parent: { field: Field; node: Node }): Writer {
  return (target, row) => {
    const record = parentOf(scope.records, row, parent.field);
    const type = record && objectOfId(record.Id);
    target[key] = record && type ? renderNode(scope, type, record, parent.node.values) : null;
  };
}

function renderNode(scope: Scope, object: SObject, row: Row, writers: readonly Writer[]): Rendered {
  const target = attributesOf(scope, object, row);
  for (const write of writers) write(target, row);
  return target;
}

const attributesOf = (scope: Scope, object: SObject, row: Row): Rendered => ({
  attributes: { type: object.name, url: recordUrl(scope.version, object.name, row.Id) },
});
