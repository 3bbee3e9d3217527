import { readFileSync } from 'node:fs';
import pg from 'pg';
import { type DataKey, Keyring, openDatabase } from '../../src/database/index.js';
import { openContext } from '../../src/open-context.js';
import type { Program } from './program.js';
import { publishTestAlert } from './test-alert.js';

/** One action as the database of a program has it; the tags are in hexadecimal digits. */
export interface StoredAction {
  readonly request: string;
  readonly person: string;
  readonly state: string;
  readonly letters: number;
}

/** The test's alert, published in a program that runs. */
export async function publishIn(program: Program): Promise<void> {
  await using context = await openContext({ variables: program.environment, role: 'command' });
  await publishTestAlert(context);
}

/** Works on the program's database through one connection of its own. */
export async function onDatabase<Value>(
  program: Program,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: program.databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Every action of the program, and the key under which its tags were made. */
export async function storedActions(
  program: Program,
): Promise<{ readonly actions: readonly StoredAction[]; readonly key: DataKey }> {
  const pool = new pg.Pool({ connectionString: program.databaseUrl, max: 1 });
  try {
    const master = Buffer.from(readFileSync(program.keyFile, 'utf8'), 'base64');
    const { rows: alerts } = await pool.query<{ key_id: Buffer }>(
      `select key_id from alert where slug = 'lamp'`,
    );
    const key = await new Keyring(openDatabase(pool), master).key(1, alerts[0]?.key_id ?? Buffer.alloc(0));
    const { rows: actions } = await pool.query<StoredAction>(`
      select encode(idempotency_tag, 'hex') as request, encode(person_tag, 'hex') as person, state,
        (select count(*)::int from letter l where l.action_id = a.action_id) as letters
      from action a`);
    return { actions, key };
  } finally {
    await pool.end();
  }
}

/** The acknowledged actions that are not in the program's database exactly once. */
export async function lostActions<Acknowledged extends { readonly key: string }>(
  program: Program,
  acknowledged: readonly Acknowledged[],
): Promise<readonly Acknowledged[]> {
  const { actions, key } = await storedActions(program);
  const byRequest = Map.groupBy(actions, ({ request }) => request);
  return acknowledged.filter(
    (action) => byRequest.get(key.tag('request', action.key).toString('hex'))?.length !== 1,
  );
}
