import type { FailureLanguage } from '../model/failure-sentence.ts';
import type { AdminClient } from './admin-client.ts';
import type { LiveRefresh } from './live-refresh.ts';
import type { ConsolePlace } from './page-place.ts';
import type { Formats } from './view-models/formats.ts';
import type { Rights } from './rights.ts';
import type { Words } from './words.ts';

/** What the console needs from where it stands: the editor's sidebar, or a page of its own. */
export interface ConsoleHost {
  language: string;
  words: Words;
  /** what failures say in this language */
  failures: FailureLanguage;
  formats: Formats;
  api: AdminClient;
  refresh: LiveRefresh;
  rights: Rights;
  flows: FlowDirectory;
  /** absent in the editor, whose address is its own */
  place?: ConsolePlace;
  /** selects the node on the canvas; absent where there is no canvas */
  reveal?(node: string): void;
  /** address of the node in the editor, where it cannot be revealed */
  nodeAddress?(node: string): string;
  /** lets the text be edited in Node-RED's own JSON editor; undefined = it was left without a change */
  editJson?(text: string): Promise<string | undefined>;
  /** where to sign in, when it cannot be done here */
  signInAddress?: string;
}

/** Names of what is deployed, because runs know nodes and flows by id only. */
export interface FlowDirectory {
  /** undefined = it is not (or no more) in the flows */
  nodeName(id: string): string | undefined;
  flowName(id: string): string | undefined;
  /** reads the names anew */
  load(): Promise<void>;
}
