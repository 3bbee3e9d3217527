#!/usr/bin/env node
import { join } from 'node:path';
import { prepare, ROOT, runPinned, runScript } from './prepare.mjs';

await runScript(async () => {
  await prepare();
  return runPinned([join(ROOT, 'build', 'main.js'), ...process.argv.slice(2)]);
});
