import { defineConfig } from 'vitest/config';

const TEST_TIMEOUT_MS = 30_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // In a trial the figures count: nothing else runs beside the file that makes them.
    // Else many files wait for servers most of their time: three of them keep two cores busy.
    maxWorkers: process.env.REDRESS_TRIAL === '1' ? 1 : 3,
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    reporters: ['default'],
  },
});
