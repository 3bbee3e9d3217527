export { sql } from 'kysely';
export { Batcher } from './batch.js';
export { checkServer, type Database, openDatabase, openPool } from './connect.js';
export { DataKey, type TagPurpose } from './data-key.js';
export { newId } from './identifiers.js';
export { type KeyOwner, Keyring } from './keyring.js';
export { type Listener, openListener } from './listen.js';
export { migrate, readMigrations } from './migrate.js';
export type { CellPlace } from './seal.js';
