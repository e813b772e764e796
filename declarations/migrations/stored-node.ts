/** A node as a flow file and the credentials file have it, in whichever version. */
export interface StoredNode {
  type: string;
  config: Readonly<Record<string, unknown>>;
  /** by name, as far as they are known where it is asked: the editor never knows a secret */
  credentials: Readonly<Record<string, unknown>>;
}

/**
 * One step from a version of a node's configuration to the next. The version is the field `schema`; a node without it is of the first. One that was
 * released never changes: flows of that version are out there.
 */
export interface Migration {
  /** the types that it takes */
  types: readonly string[];
  /** the version that it takes; it makes the next one */
  from: number;
  migrate(node: StoredNode): StoredNode;
}
