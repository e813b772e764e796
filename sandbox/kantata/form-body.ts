import type { Json } from './state.ts';

type Node = { [key: string]: Json };

/** "Rails structured" form bodies: `invoice[fixed_fee_items][][story_id]=1`. Values stay strings; the attribute's type coerces them. */
export function parseFormBody(text: string): Node {
  const root: Node = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const head = /^[^[]+/.exec(name)?.[0] ?? name;
    const path = [head, ...[...name.slice(head.length).matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '')];
    if (path.every((key) => !['__proto__', 'constructor', 'prototype'].includes(key))) put(root, path, value);
  }
  return root;
}

function put(node: Node, path: string[], value: string): void {
  const [key, next, ...rest] = path as [string, string | undefined, ...string[]];
  if (next === undefined) {
    node[key] = value;
  } else if (next === '') {
    const list = Array.isArray(node[key]) ? node[key] : [];
    node[key] = list;
    if (rest.length === 0) list.push(value);
    else put(lastElement(list, rest[0] as string), rest, value);
  } else {
    const child = node[key];
    const inner: Node = child !== null && typeof child === 'object' && !Array.isArray(child) ? child : {};
    node[key] = inner;
    put(inner, [next, ...rest], value);
  }
}

/** A key that is already there starts the next element, as Rack does. */
function lastElement(list: Json[], key: string): Node {
  const last = list.at(-1);
  if (last !== null && typeof last === 'object' && !Array.isArray(last) && !(key in last)) return last;
  const element: Node = {};
  list.push(element);
  return element;
}
