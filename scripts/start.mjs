import { join } from 'node:path';
import { prepare, ROOT, runPinned, runScript } from './prepare.mjs';

await runScript(async () => {
  await prepare();
  return runPinned([join(ROOT, 'build', 'main.js'), 'serve', ...process.argv.slice(2)]);
});
