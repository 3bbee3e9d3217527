import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const REMOVAL = { recursive: true, force: true } as const;
const made: string[] = [];

// Of whichever test file imports this one; hooks run backwards, so that it runs when all others have.
afterAll(() => {
  for (const folder of made) rmSync(folder, REMOVAL);
});

/** A new folder, there until the last test of the file has run. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `redress-${purpose}-`));
  made.push(folder);
  return folder;
}

/** Writes a file into a folder of its own, for as long as the test runs; answers its path. */
export function temporaryFile(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'redress-file-'));
  onTestFinished(() => rmSync(folder, REMOVAL));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
