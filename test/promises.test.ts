import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { printTables } from '../src/delivery/index.js';

const DOCUMENT = new URL('../docs/promises.md', import.meta.url);

function withTables(document: string): string {
  const { states, retries, paces } = printTables();
  return fill(fill(fill(document, 'letter-states', states), 'retries', retries), 'paces', paces);
}

function fill(document: string, name: string, table: string): string {
  const [before, rest] = document.split(`<!-- ${name} -->\n`);
  const [, after] = rest?.split(`<!-- /${name} -->`) ?? [];
  if (after === undefined) throw new Error(`docs/promises.md has no place for ${name}`);
  return `${before}<!-- ${name} -->\n${table}\n<!-- /${name} -->${after}`;
}

test('docs/promises.md prints the tables that the code follows (REDRESS_UPDATE_DOCS=1 writes them)', async () => {
  const document = await readFile(DOCUMENT, 'utf8');
  if (process.env.REDRESS_UPDATE_DOCS === '1') await writeFile(DOCUMENT, withTables(document));
  else expect(document).toBe(withTables(document));
});
