import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { EmbeddedFolder, type EmbeddedProcess, query } from './support/embedded-folder.js';

const run = promisify(execFile);
const NOBODY = 65_534;

// Mounts of its own, so that nothing here touches the machine's users or disks.
const ownMounts =
  process.getuid?.() === 0 &&
  (await succeeds('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']));
const asNobody =
  process.getuid?.() === 0 && (await succeeds('setpriv', ['--reuid=65534', process.execPath, '--version']));

describe.skipIf(process.getuid?.() !== 0)('run by root', () => {
  test('PostgreSQL runs as another user, and the secrets stay with root', async () => {
    await using folder = await EmbeddedFolder.make();
    const { ready } = await folder.start('server');
    expect((await stat(join(folder.path, 'postgres'))).uid).not.toBe(0);
    for (const name of ['postgres-password', 'holder.json', 'postgres.log', 'embedded.json']) {
      const { mode, uid } = await stat(join(folder.path, name));
      expect({ name, mode: (mode & 0o777).toString(8), uid }).toEqual({ name, mode: '600', uid: 0 });
    }
    expect((await stat(folder.path)).mode & 0o007).toBe(0);
    expect((await query(ready?.url ?? '', 'select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('where nobody else can enter: the data lie elsewhere, it says where, and finds them again', async () => {
    await using folder = await EmbeddedFolder.make(0o700);
    const first = await folder.start('server');
    const place = first.ready?.dataDirectory ?? '';
    expect(place).toMatch(/^\/var\/lib\/redress\/[0-9a-f]{12}\/postgres$/);
    expect(first.logged.join()).toContain(place);
    await query(first.ready?.url ?? '', 'create table kept as select 42 as answer');
    await first.stop();
    const second = await folder.start('server');
    expect(second.ready).toEqual(first.ready);
    expect((await query(second.ready?.url ?? '', 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
  });

  test.skipIf(!asNobody)('data that another user made run as that user', async () => {
    await using folder = await EmbeddedFolder.make(0o777);
    await (await folder.start('command', { uid: NOBODY })).stop();
    const { ready } = await folder.start('server');
    expect(ready?.started).toBe(true);
    expect((await stat(join(folder.path, 'postgres'))).uid).toBe(NOBODY);
  });
});

describe.skipIf(!ownMounts)('run by root of a machine', () => {
  test('without a user for PostgreSQL: one is made', async () => {
    await using folder = await EmbeddedFolder.make();
    await using etc = await EtcWithoutPostgres.make();
    const { ready } = await folder.start('server', { under: etc.mounted() });
    expect(ready?.started).toBe(true);
    expect(await readFile(join(etc.path, 'passwd'), 'utf8')).toMatch(/^postgres:/m);
  });

  test('where no user can be made: nobody', async () => {
    await using folder = await EmbeddedFolder.make();
    await using etc = await EtcWithoutPostgres.make();
    const { ready } = await folder.start('server', { under: etc.mounted('mount -o remount,bind,ro /etc') });
    expect(ready?.started).toBe(true);
    expect((await stat(join(folder.path, 'postgres'))).uid).toBe(NOBODY);
  });

  test('where nobody can reach the programs: they are copied', async () => {
    await using folder = await EmbeddedFolder.make();
    const repository = fileURLToPath(new URL('..', import.meta.url));
    const shut = `mount -t tmpfs none /var/lib && mkdir -p -m 700 /var/lib/shut && mkdir /var/lib/shut/here`;
    const program = '/var/lib/shut/here/test/support/embedded-process.mjs';
    const script = `${shut} && mount --bind '${repository}' /var/lib/shut/here && exec "$1" ${program} "$3" "$4"`;
    const { ready, logged } = await folder.start('server', {
      under: ['unshare', '--mount', 'sh', '-c', script, 'sh'],
    });
    expect(ready?.started).toBe(true);
    expect(logged.join()).toMatch(/PostgreSQL runs from a copy in \/var\/lib\/redress\/postgresql-18/);
  });

  test('with a full disk: the sentence says so, and once there is room the start works', async () => {
    await using folder = await EmbeddedFolder.make();
    const full = await folder.start('server', {
      under: inOwnMounts(`mkdir '${folder.path}' && mount -t tmpfs -o size=4m none '${folder.path}'`),
    });
    expect(full.refused?.message).toMatch(/^The disk is full where .* lies\. Nothing is lost/);
    expect((await folder.start('server')).ready?.started).toBe(true);
  });
});

test('a folder that cannot be written: the sentence says which, and what to set', async () => {
  await using folder = await EmbeddedFolder.make();
  const refused = await startWhereNothingCanBeWritten(folder);
  expect(refused?.message).toMatch(/is not open to this user.*REDRESS_DATA/);
});

async function startWhereNothingCanBeWritten(folder: EmbeddedFolder): Promise<EmbeddedProcess['refused']> {
  if (asNobody) return (await folder.start('server', { uid: NOBODY })).refused;
  await chmod(join(folder.path, '..'), 0o555);
  const { refused } = await folder.start('server');
  await chmod(join(folder.path, '..'), 0o755);
  return refused;
}

/** A copy of /etc in which nobody is called postgres. */
class EtcWithoutPostgres implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<EtcWithoutPostgres> {
    const path = await mkdtemp(join(tmpdir(), 'redress-etc-'));
    await run('cp', ['-a', '/etc/.', path]);
    for (const name of ['passwd', 'group', 'shadow', 'gshadow']) {
      const text = await readFile(join(path, name), 'utf8');
      await writeFile(join(path, name), text.replace(/^postgres:.*\n/gm, ''));
    }
    return new EtcWithoutPostgres(path);
  }

  mounted(more = 'true'): readonly string[] {
    return inOwnMounts(`mount --bind '${this.path}' /etc && ${more}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

function inOwnMounts(script: string): readonly string[] {
  return ['unshare', '--mount', 'sh', '-c', `${script} && exec "$@"`, 'sh'];
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}
