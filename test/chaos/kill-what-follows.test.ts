import { followingCases } from './kill-cases.ts';
import { proveKills } from './prove-kills.ts';

describe('A process killed at any store write or outbound call, while its time, its people and its money follow', function () {
  this.timeout(45 * 60_000);
  proveKills(followingCases);
});
