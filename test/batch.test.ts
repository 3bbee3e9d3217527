import { expect, test } from 'vitest';
import { Batcher } from '../src/database/index.js';
import { AppError } from '../src/errors.js';

interface Item {
  readonly key: string;
  readonly bad?: boolean;
}

class SqlError extends Error {
  readonly code: string;

  constructor(code: string) {
    super('refused by the database');
    this.code = code;
  }
}

function batcher(write: (items: readonly Item[]) => Promise<readonly string[]>, mostWaiting = 100) {
  return new Batcher<Item, string>({
    write,
    keys: ({ key }) => [key],
    rows: () => 1,
    mostItems: 10,
    mostRows: 10,
    waitMs: 100,
    mostWaiting,
    parallel: 1,
  });
}

test('a data error fails only the item that made it, by splitting the batch', async () => {
  const written: string[] = [];
  const queue = batcher(async (items) => {
    if (items.some(({ bad }) => bad)) throw new SqlError('22P02');
    written.push(...items.map(({ key }) => key));
    return items.map(({ key }) => key);
  });
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const outcomes = await Promise.allSettled(keys.map((key) => queue.submit({ key, bad: key === 'c' })));
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true]);
  expect(written.toSorted()).toEqual(['a', 'b', 'd', 'e']);
});

test('a deadlock is tried again, and two items of one key never share a batch', async () => {
  const batches: string[][] = [];
  const queue = batcher(async (items) => {
    batches.push(items.map(({ key }) => key));
    if (batches.length === 1) throw new SqlError('40P01');
    return items.map(({ key }) => key);
  });
  expect(await Promise.all(['b', 'a', 'b'].map((key) => queue.submit({ key })))).toEqual(['b', 'a', 'b']);
  expect(batches).toEqual([['a', 'b'], ['a', 'b'], ['b']]);
});

test('a full queue, and a database that is away, are refused at once with a time to come back', async () => {
  const { promise: stalled, resolve } = Promise.withResolvers<void>();
  const queue = batcher(async (items) => {
    await stalled;
    return items.map(({ key }) => key);
  }, 3);
  const taken = ['a', 'b', 'c'].map((key) => queue.submit({ key }));
  const refusal: unknown = await queue.submit({ key: 'd' }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'overloaded', status: 503, retryAfterSeconds: 2 });
  resolve();
  expect(await Promise.all(taken)).toEqual(['a', 'b', 'c']);

  const away = batcher(() => Promise.reject(new SqlError('57P01')));
  const failure: unknown = await away.submit({ key: 'a' }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AppError);
  expect(failure).toMatchObject({ code: 'unavailable', status: 503, retryAfterSeconds: 5 });
});

test('what waited for the statement before goes with the next one at once, and each batch is told', async () => {
  const waitMs = 300;
  const begun: number[] = [];
  const told: [size: number, waiting: number][] = [];
  const queue = new Batcher<Item, string>({
    write: async (items) => {
      begun.push(performance.now());
      if (begun.length === 1) await new Promise((resolve) => setTimeout(resolve, 2 * waitMs));
      return items.map(({ key }) => key);
    },
    keys: ({ key }) => [key],
    rows: () => 1,
    mostItems: 2,
    mostRows: 10,
    waitMs,
    mostWaiting: 10,
    parallel: 1,
    onBatch: (size, waiting) => told.push([size, waiting]),
  });
  await Promise.all(['a', 'b', 'c'].map((key) => queue.submit({ key })));
  expect(told).toEqual([
    [2, 0],
    [1, 0],
  ]);
  const [first = 0, second = 0] = begun;
  expect(second - first).toBeLessThan(2.9 * waitMs);
});
