import { threadedStore } from '../../engine/sqlite/threaded-store.ts';
import { sqliteContract } from './sqlite-contract.ts';

// each test begins a thread; what the thread adds has tests of its own (threaded-store.test.ts)
sqliteContract('SQLite in a thread of its own', threadedStore);
