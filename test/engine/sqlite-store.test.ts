import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { sqliteContract } from './sqlite-contract.ts';

sqliteContract('SQLite', (file) => new SqliteStore(file));
