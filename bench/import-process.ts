// A process of its own, so that its memory is that of one import: by Redress, or by the parsers and one row alone.
import pg from 'pg';
import { importSet } from '../src/legislatures/index.js';
import { openContext } from '../src/open-context.js';
import { parseFiles } from './bare-parse.js';
import type { ImportCost } from './imports.js';
import { peakMemory } from './peak-memory.js';
import { PUBLIC_SETS } from './public-sets.js';

const [side = '', name = '', folder = '', id = ''] = process.argv.slice(2);
const source = PUBLIC_SETS[name];
if (source === undefined) throw new Error(`there is no set ${name}`);

async function importOnce({ read }: NonNullable<typeof source>): Promise<number> {
  await using context = await openContext({ variables: process.env, role: 'command' });
  const begin = performance.now();
  const { set } = await read(folder);
  // Under an id of its own, so that it is stored anew.
  await importSet(context, { set: { ...set, id }, files: [], by: 'bench', reason: 'bench' });
  return performance.now() - begin;
}

async function parseOnce({ files }: NonNullable<typeof source>): Promise<number> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('create table if not exists bench_import (content bytea not null)');
  const begin = performance.now();
  const { bytes, values } = await parseFiles(folder, files);
  await client.query('insert into bench_import values ($1)', [bytes]);
  const milliseconds = performance.now() - begin;
  await client.end();
  if (values.length === 0) throw new Error('nothing was parsed');
  return milliseconds;
}

const milliseconds = side === 'ours' ? await importOnce(source) : await parseOnce(source);
const cost: ImportCost = { seconds: milliseconds / 1000, megabytes: await peakMemory('self') };
process.send?.(cost);
process.disconnect();
