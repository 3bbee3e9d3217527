// Reads one file by one importer of the built program, in a process of its own, and prints how that ended.
import { peakKilobytes } from './peak-memory.mjs';

const [reader, path] = process.argv.slice(2);
const load = (name) => import(new URL(`../../build/legislatures/${name}.js`, import.meta.url));
const READERS = {
  popolo: async () =>
    (await load('popolo/read-popolo')).readPopolo({ path, facts: { id: 'x' }, today: '2026-11-24' }),
  openstates: async () =>
    (await load('openstates/read-openstates')).readOpenStates({ path, facts: {}, today: '2026-11-24' }),
  csv: async () => (await load('people-csv/read-people-csv')).readPeopleCsv({ path, facts: { id: 'x' } }),
  boundaries: async () =>
    (await load('attach/attach-boundaries')).attachBoundaries((await load('demo/demo-set')).demoSet(), {
      path,
      facts: {},
    }),
};
const code = await READERS[reader]().then(
  () => 'read',
  (error) => error.code ?? String(error),
);
process.stdout.write(JSON.stringify({ code, peakKilobytes: peakKilobytes() }));
