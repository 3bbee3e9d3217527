import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { AppError } from '../errors.js';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
const MIGRATION_LOCK = 7_239_614;

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** The numbered migration files, in order. A statement ends with a semicolon at the end of a line. */
export function readMigrations(): readonly Migration[] {
  return readdirSync(MIGRATIONS)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
    .map((name) => ({
      number: Number(name.slice(0, 4)),
      name,
      statements: readFileSync(new URL(name, MIGRATIONS), 'utf8')
        .split(/;[ \t]*\n/)
        .map((statement) => statement.trim())
        .filter(Boolean),
    }));
}

interface MigrateOptions {
  /** Called after each statement with its number over all files; tests kill the process here. */
  readonly afterStatement?: (count: number) => void | Promise<void>;
}

/**
 * Brings the schema up to date, each file in one transaction, under one lock. Forward only.
 * @throws AppError `invalid_configuration` when the schema is newer than this program.
 */
export async function migrate(pool: pg.Pool, options: MigrateOptions = {}): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock($1)`, [MIGRATION_LOCK]);
    return await applyMissing(client, options);
  } finally {
    await client.query(`select pg_advisory_unlock($1)`, [MIGRATION_LOCK]).catch(() => undefined);
    client.release();
  }
}

async function applyMissing(client: pg.PoolClient, { afterStatement }: MigrateOptions): Promise<number> {
  await client.query(`create table if not exists migration (
    number integer primary key, name text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ number: number }>(`select number from migration`);
  const applied = new Set(rows.map((row) => row.number));
  const migrations = readMigrations();
  refuseNewerSchema(migrations, applied);
  let count = 0;
  const missing = migrations.filter((migration) => !applied.has(migration.number));
  for (const migration of missing) {
    await client.query('begin');
    try {
      await client.query(`insert into migration (number, name) values ($1, $2)`, [
        migration.number,
        migration.name,
      ]);
      for (const statement of migration.statements) {
        await client.query(statement);
        count += 1;
        await afterStatement?.(count);
      }
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  }
  return missing.length;
}

function refuseNewerSchema(migrations: readonly Migration[], applied: ReadonlySet<number>): void {
  const known = new Set(migrations.map((migration) => migration.number));
  const unknown = [...applied].filter((number) => !known.has(number));
  if (unknown.length === 0) return;
  throw new AppError('invalid_configuration', {
    detail: `The database was upgraded by a newer Redress (migration ${Math.max(...unknown)}). Start that version, or restore a backup from before the upgrade.`,
  });
}
