import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { type OpenedContext, openContext } from '../../src/open-context.js';
import { createTestDatabase } from './database.js';
import { MovedClock } from './moved-clock.js';
import { temporaryFolder } from './temporary-file.js';

/** A room's context on a database of its own, without a server and without the demo. */
export interface TestContext extends AsyncDisposable {
  readonly context: OpenedContext;
  readonly clock: MovedClock;
}

export async function openTestContext(): Promise<TestContext> {
  const database = await createTestDatabase();
  const folder = temporaryFolder('context');
  const clock = new MovedClock();
  const variables = { REDRESS_DATA: join(folder, 'data'), DATABASE_URL: database.url };
  const context = await openContext({ variables, role: 'command', clock, log: pino({ level: 'silent' }) });
  return {
    context,
    clock,
    async [Symbol.asyncDispose]() {
      await context[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
