/** What the tests use of https://github.com/node-red/node-red-node-test-helper, which brings no types. */
declare module 'node-red-node-test-helper' {
  import type { Node, NodeAPI } from 'node-red';

  interface Helper {
    init(runtimePath: string): void;
    settings(settings: Record<string, unknown>): void;
    startServer(): Promise<void>;
    stopServer(): Promise<void>;
    load(sets: ((RED: NodeAPI) => void)[], flow: object[], credentials: Record<string, object>): Promise<void>;
    unload(): Promise<void>;
    getNode(id: string): Node | null;
    /** the spy on Node-RED's log */
    log(): { args: [{ level: number; id?: string; type?: string; msg: unknown }][] };
    url(): string;
    /** the Express application of the test server */
    _app: { use(app: unknown): void };
  }
  const helper: Helper;
  export default helper;
}
