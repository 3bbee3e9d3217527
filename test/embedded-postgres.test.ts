import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedFolder, killIfThere, query } from './support/embedded-folder.js';
import { sized } from './support/trial.js';

const KILLS = sized(2, 50);
const READY_LIMIT_MS = sized(20_000, 5000);
const REFUSED_LIMIT_MS = 2000;
const KILL_TIMEOUT_MS = 10_000;
const COMMITS = 200;

let made: EmbeddedFolder;

beforeAll(async () => {
  made = await EmbeddedFolder.make();
  await (await made.start('command')).stop();
});

afterAll(() => made[Symbol.asyncDispose]());

describe('start and stop', () => {
  test('the first start makes the database, the next finds what was written', async () => {
    await using folder = await EmbeddedFolder.make();
    const first = await folder.start('server');
    expect(first.ready?.started).toBe(true);
    await query(first.ready?.url ?? '', 'create table kept as select 42 as answer');
    await first.stop();
    expect(folder.postmaster()).toBeUndefined();

    const second = await folder.start('server');
    expect(second.ready?.url).toBe(first.ready?.url);
    expect((await query(second.ready?.url ?? '', 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
  });

  test('it keeps commits, has checksums, speaks UTF-8, and listens on loopback to a role that is no superuser', async () => {
    await using folder = await made.copy();
    const { ready } = await folder.start('server');
    const { rows } = await query(
      ready?.url ?? '',
      `select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
              current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
              (select rolsuper from pg_roles where rolname = current_user) as superuser,
              (select datcollate from pg_database where datname = current_database()) as collation`,
    );
    expect(rows).toEqual([
      {
        fsync: 'on',
        checksums: 'on',
        encoding: 'UTF8',
        addresses: '127.0.0.1',
        superuser: false,
        collation: 'C',
      },
    ]);
    const stranger = (ready?.url ?? '').replace(/:[^:@/]*@/, ':wrong@');
    await expect(query(stranger, 'select 1')).rejects.toThrow(/password/);
  });

  test('a failing statement leaves no word of it in the log', async () => {
    await using folder = await made.copy();
    const { ready } = await folder.start('server');
    const url = ready?.url ?? '';
    await query(url, 'create table person (email text unique)');
    await query(url, `insert into person values ('canary@person.example')`);
    await expect(query(url, `insert into person values ('canary@person.example')`)).rejects.toThrow();
    await expect(query(url, 'select $1::int', ['canary'])).rejects.toThrow();
    expect(await readFile(join(folder.path, 'postgres.log'), 'utf8')).not.toContain('canary');
  });

  test('first starts at once end up with one PostgreSQL', async () => {
    await using folder = await EmbeddedFolder.make();
    const all = await Promise.all([
      folder.start('command'),
      folder.start('command'),
      folder.start('command'),
    ]);
    expect(new Set(all.map((one) => one.ready?.url)).size).toBe(1);
    expect(all.filter((one) => one.ready?.started)).toHaveLength(1);
  });
});

describe('sharing', () => {
  test('a command joins the running server and leaves it running', async () => {
    await using folder = await made.copy();
    const server = await folder.start('server');
    const command = await folder.start('command');
    expect(command.ready).toEqual({ ...server.ready, started: false });
    await command.stop();
    expect((await query(server.ready?.url ?? '', 'select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('whoever leaves last stops PostgreSQL: a command that outlives the server', async () => {
    await using folder = await made.copy();
    const command = await folder.start('command');
    const server = await folder.start('server');
    expect(server.ready?.started).toBe(false);
    await server.stop();
    expect((await query(command.ready?.url ?? '', 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    await command.stop();
    expect(folder.postmaster()).toBeUndefined();
  });

  test('a second server is told at once who holds the folder', async () => {
    await using folder = await made.copy();
    const holder = await folder.start('server');
    const second = await folder.start('server');
    expect(second.refused?.code).toBe('in_use');
    expect(second.refused?.message).toContain(`process ${holder.pid}, since 20`);
    expect(second.refused?.message).toContain('http://127.0.0.1:3999');
    expect(second.milliseconds).toBeLessThan(REFUSED_LIMIT_MS);
    if (second.process.exitCode === null) await once(second.process, 'exit');
    expect(second.process.exitCode).toBe(1);
  });

  test('of two servers that start at once, one wins', async () => {
    await using folder = await made.copy();
    const both = await Promise.all([folder.start('server'), folder.start('server')]);
    expect(both.map((one) => one.refused?.code ?? 'ready').sort()).toEqual(['in_use', 'ready']);
  });

  test('a holder whose pid now belongs to another process holds nothing', async () => {
    await using folder = await made.copy();
    const first = await folder.start('server');
    await first.kill();
    const holder: unknown = JSON.parse(await readFile(join(folder.path, 'holder.json'), 'utf8'));
    await writeFile(
      join(folder.path, 'holder.json'),
      JSON.stringify({ ...Object(holder), pid: process.pid }),
    );
    expect((await folder.start('server')).ready).toBeDefined();
  });
});

describe('kill -9', () => {
  test('of Node alone: the next start takes over the PostgreSQL left behind', async () => {
    await using folder = await made.copy();
    const first = await folder.start('server');
    const left = folder.postmaster();
    await first.kill();
    const next = await folder.start('server');
    expect(next.ready).toEqual({ ...first.ready, started: false });
    expect(folder.postmaster()).toBe(left);
    expect(next.milliseconds).toBeLessThan(READY_LIMIT_MS);
  });

  test(
    `of everything under writes, ${KILLS} times: no acknowledged row is lost, ready again in 5 s`,
    async () => {
      await using folder = await made.copy();
      let running = await folder.start('server');
      await query(running.ready?.url ?? '', 'create table written (n integer primary key)');
      const acknowledged: number[] = [];
      const milliseconds: number[] = [];
      for (let round = 0; round < KILLS; round += 1) {
        const writing = writeUntilItBreaks(running.ready?.url ?? '', acknowledged);
        await sleep(50 + Math.random() * 200);
        killIfThere(folder.postmaster(), 'SIGKILL');
        await running.kill();
        await writing;
        running = await folder.start('server');
        milliseconds.push(running.milliseconds);
      }
      const { rows } = await query(running.ready?.url ?? '', 'select n from written');
      const found = new Set(rows.map((row) => row.n));
      expect(acknowledged.length).toBeGreaterThan(KILLS);
      expect(acknowledged.filter((n) => !found.has(n))).toEqual([]);
      milliseconds.sort((a, b) => a - b);
      expect(milliseconds[Math.ceil(0.95 * KILLS) - 1]).toBeLessThan(READY_LIMIT_MS);
    },
    KILLS * KILL_TIMEOUT_MS,
  );

  test('of PostgreSQL alone: the server starts it again at the same address', async () => {
    await using folder = await made.copy();
    const server = await folder.start('server');
    const url = server.ready?.url ?? '';
    await query(url, 'create table kept as select 42 as answer');
    const killed = folder.postmaster();
    killIfThere(killed, 'SIGKILL');
    const begin = performance.now();
    const rows = await untilAnswered(url, 'select answer from kept');
    expect(performance.now() - begin).toBeLessThan(READY_LIMIT_MS);
    expect(rows).toEqual([{ answer: 42 }]);
    expect(folder.postmaster()).not.toBe(killed);
    expect((await folder.start('server')).refused?.code).toBe('in_use');
    await server.stop();
    expect(folder.postmaster()).toBeUndefined();
  });

  test('a lock file whose pid another process has got by now does not stop the start', async () => {
    await using folder = await made.copy();
    const server = await folder.start('server');
    const lock = await readFile(join(folder.path, 'postgres', 'postmaster.pid'), 'utf8');
    await server.stop();
    const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? await ownerOf(folder) : {});
    try {
      await writeFile(
        join(folder.path, 'postgres', 'postmaster.pid'),
        lock.replace(/^\d+/, String(other.pid)),
      );
      const next = await folder.start('server');
      expect(next.ready?.started).toBe(true);
    } finally {
      other.kill();
    }
  });
});

describe('what is in the way', () => {
  test('a port that another program has got: another port', async () => {
    await using folder = await made.copy();
    const first = await folder.start('server');
    const port = Number(new URL(first.ready?.url ?? '').port);
    await first.stop();
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    try {
      const second = await folder.start('server');
      expect(second.ready?.started).toBe(true);
      expect(Number(new URL(second.ready?.url ?? '').port)).not.toBe(port);
    } finally {
      squatter.close();
    }
  });

  test('data of another PostgreSQL version', async () => {
    await using folder = await made.copy();
    await writeFile(join(folder.path, 'postgres', 'PG_VERSION'), '17\n');
    expect((await folder.start('server')).refused?.message).toMatch(
      /made by PostgreSQL 17.*set DATABASE_URL/,
    );
  });

  test('a file where the data folder should be', async () => {
    await using folder = await EmbeddedFolder.make();
    await writeFile(folder.path, 'not a folder');
    expect((await folder.start('server')).refused?.message).toMatch(
      /is a file. Set REDRESS_DATA to a folder/,
    );
  });

  test('a password file that belongs to other data', async () => {
    await using folder = await made.copy();
    await writeFile(join(folder.path, 'postgres-password'), 'another\n');
    expect((await folder.start('server')).refused?.message).toMatch(/does not take the password/);
  });
});

test(`R3: ${COMMITS} commits reach the disk by at least ${COMMITS} syncs`, async () => {
  await using folder = await made.copy();
  const { ready } = await folder.start('server');
  const client = new pg.Client({ connectionString: ready?.url ?? '' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table committed (n integer)');
  const before = await countSyncs(client);
  for (let n = 0; n < COMMITS; n += 1) await client.query('insert into committed values ($1)', [n]);
  expect((await countSyncs(client)) - before).toBeGreaterThanOrEqual(COMMITS);
  await client.query('set synchronous_commit = off');
  const unsafe = await countSyncs(client);
  for (let n = 0; n < COMMITS; n += 1) await client.query('insert into committed values ($1)', [n]);
  expect((await countSyncs(client)) - unsafe).toBeLessThan(COMMITS);
  await client.end();
});

async function countSyncs(client: pg.Client): Promise<number> {
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query<{ syncs: string }>(
    `select sum(fsyncs) as syncs from pg_stat_io where object = 'wal' and backend_type = 'client backend'`,
  );
  return Number(rows[0]?.syncs);
}

async function writeUntilItBreaks(url: string, acknowledged: number[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (;;) {
      const n = (acknowledged.at(-1) ?? 0) + 1;
      // A row may be there whose answer was lost with the connection.
      await client.query('insert into written values ($1) on conflict do nothing', [n]);
      acknowledged.push(n);
    }
  } catch {
    // Killed, which is what the test is about.
  }
}

async function untilAnswered(url: string, text: string): Promise<unknown[]> {
  for (;;) {
    try {
      return (await query(url, text)).rows;
    } catch {
      await sleep(20);
    }
  }
}

async function ownerOf(folder: EmbeddedFolder): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(join(folder.path, 'postgres'));
  return { uid, gid };
}
