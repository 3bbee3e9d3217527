import { once } from 'node:events';
import { connect } from 'node:net';
import type { LoadResult } from './load-jobs.js';

const CONNECTIONS = 64;
const YES = Buffer.from('HTTP/1.1 200 ');
const END_OF_HEAD = '\r\n\r\n';

/**
 * Asks for one page as fast as 64 connections go. All answers are as long as the first, so only that one is parsed:
 * a whole HTTP client takes longer to read an answer than a bare server to give it, and would hide the difference.
 */
export function loadPage(address: string, seconds: number): Promise<LoadResult> {
  const { origin, pathname } = new URL(address);
  return loadPaths({ origin, paths: [pathname], seconds, encoding: 'br' });
}

interface Loading {
  /** `http://127.0.0.1:3000` */
  readonly origin: string;
  /** Asked for in turns; of each answer only the length is read. */
  readonly paths: readonly string[];
  readonly seconds: number;
  readonly encoding?: string;
}

/** As `loadPage`, for many paths; their answers are of many lengths, so the head of each is looked at. */
export async function loadPaths(loading: Loading): Promise<LoadResult> {
  const { origin, paths, seconds, encoding = 'identity' } = loading;
  const { hostname, port, host } = new URL(origin);
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\naccept-encoding: ${encoding}\r\n\r\n`),
  );
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const connections = Array.from({ length: CONNECTIONS }, (_, index) =>
    ask({ hostname, port, requests, first: Math.floor((index * requests.length) / CONNECTIONS), end }),
  );
  const counts = await Promise.all(connections);
  return {
    answers: counts.reduce((sum, count) => sum + count, 0),
    seconds: (performance.now() - begin) / 1000,
  };
}

interface Asking {
  readonly hostname: string;
  readonly port: string;
  readonly requests: readonly Buffer[];
  /** Which of them is sent first. */
  readonly first: number;
  /** By `performance.now()`. */
  readonly end: number;
}

/** Asks again after each answer; answers how many there were. */
async function ask({ hostname, port, requests, first, end }: Asking): Promise<number> {
  const socket = connect(Number(port), hostname).setNoDelay();
  const next = (): Buffer => requests[(first + answers) % requests.length] ?? Buffer.alloc(0);
  let answers = 0;
  let length = 0;
  let received = 0;
  socket.on('data', (chunk) => {
    if (received === 0 && !chunk.subarray(0, YES.length).equals(YES)) {
      socket.destroy(new Error(`not a page: ${chunk.subarray(0, YES.length)}`));
      return;
    }
    if (received === 0 && (length === 0 || requests.length > 1)) length = lengthOfAnswer(chunk);
    received += chunk.length;
    if (received < length) return;
    answers += 1;
    received = 0;
    if (performance.now() < end) socket.write(next());
    else socket.destroy();
  });
  socket.write(next());
  await once(socket, 'close');
  return answers;
}

function lengthOfAnswer(start: Buffer): number {
  const head = start.subarray(0, start.indexOf(END_OF_HEAD)).toString('latin1');
  const body = /^content-length: (\d+)$/im.exec(head)?.[1];
  return head.length + END_OF_HEAD.length + Number(body ?? Number.NaN);
}
