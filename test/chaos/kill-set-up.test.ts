import { setUpCases } from './kill-cases.ts';
import { proveKills } from './prove-kills.ts';

describe('A process killed at any store write or outbound call, while a project is set up or changed', function () {
  this.timeout(45 * 60_000);
  proveKills(setUpCases);
});
