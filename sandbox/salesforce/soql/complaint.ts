import { type Failure, fail } from '../failure.ts';

const REFERENCE = 'Please reference your WSDL or the describe call for the appropriate names.';

/** SOQL errors quote the query around the offending word and point at it. */
function pointing(code: string, query: string, word: string, message: string): Failure {
  const found = query.toLowerCase().search(new RegExp(`(?<![\\w.])${escapeRegex(word.toLowerCase())}(?![\\w])`));
  const at = found >= 0 ? found : Math.max(0, query.length - word.length);
  const from = Math.max(0, at - 60);
  const excerpt = query.slice(from, at + 60).replaceAll('\n', ' ');
  const before = query.slice(0, at).split('\n');
  const caret = `${' '.repeat(at - from)}^`;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return fail(code, `\n${excerpt}\n${caret}\nERROR at Row:${before.length}:Column:${column}\n${message}`);
}

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const unknownObject = (query: string, name: string): Failure =>
  pointing(
    'INVALID_TYPE',
    query,
    name,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${REFERENCE}`,
  );

export const unknownField = (query: string, name: string, object: string): Failure =>
  pointing(
    'INVALID_FIELD',
    query,
    name,
    `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${REFERENCE}`,
  );

export const unknownParent = (query: string, name: string): Failure =>
  pointing(
    'INVALID_FIELD',
    query,
    name,
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE}`,
  );

export const unknownChildren = (query: string, name: string): Failure =>
  pointing(
    'INVALID_TYPE',
    query,
    name,
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE}`,
  );

export const wrongLiteral = (query: string, field: string, type: string, quoted: boolean): Failure =>
  pointing(
    'INVALID_FIELD',
    query,
    field,
    `value of filter criterion for field '${field}' must be of type ${type} and should ${quoted ? 'not ' : ''}be enclosed in quotes`,
  );

export const notFilterable = (query: string, field: string): Failure =>
  pointing('INVALID_FIELD', query, field, `field '${field}' can not be filtered in a query call`);

export const notSortable = (query: string, field: string): Failure =>
  pointing('MALFORMED_QUERY', query, field, `field '${field}' can not be sorted in a query call`);

export const notGrouped = (query: string, field: string): Failure =>
  pointing('MALFORMED_QUERY', query, field, `Field must be grouped or aggregated: ${field}`);

export const badOperator = (query: string, field: string, operator: string): Failure =>
  pointing('INVALID_FIELD', query, field, `invalid operator on ${operator === 'LIKE' ? 'id' : 'this type of'} field`);

export const malformed = (message: string): Failure => fail('MALFORMED_QUERY', message);

/** The parser's "but found" token, in Salesforce's words. */
export function unexpected(query: string, parserMessage: string): Failure {
  const offset = /at offset: (\d+)/.exec(parserMessage)?.[1];
  if (offset !== undefined) {
    const at = Number(offset);
    return malformed(
      `\n${query}\n${' '.repeat(at)}^\nERROR at Row:1:Column:${at + 1}\nline 1:${at} mismatched character '<EOF>' expecting '''`,
    );
  }
  const token = /but found(?: -->)?:? '(.*?)'(?: <--)?\s*$/s.exec(parserMessage)?.[1] ?? '';
  return token === '' ? malformed("unexpected token: '<EOF>'") : pointing('MALFORMED_QUERY', query, token, `unexpected token: '${token}'`);
}
