import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const TEST_TIMEOUT_MS = 30_000;

/** Small files that take long: they wait for time-outs and for processes. */
const LONG =
  /\/(half-open-link|embedded-postgres|embedded-as-root|dead-office|kill-nine|broken-surroundings)\./;

/** In a fresh checkout vitest begins with the largest files; a long one at the end would run alone. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => Number(LONG.test(b.moduleId)) - Number(LONG.test(a.moduleId)));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    sequence: { sequencer: LongFirst },
    // In a trial the figures count: nothing else runs beside the file that makes them.
    // Else many files wait for servers most of their time: three of them keep two cores busy.
    maxWorkers: process.env.REDRESS_TRIAL === '1' ? 1 : 3,
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    reporters: ['default'],
  },
});
