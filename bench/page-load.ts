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
export async function loadPage(address: string, seconds: number): Promise<LoadResult> {
  const { hostname, port, pathname, host } = new URL(address);
  const request = Buffer.from(`GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\naccept-encoding: br\r\n\r\n`);
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const connections = Array.from({ length: CONNECTIONS }, () => ask({ hostname, port, request, end }));
  const counts = await Promise.all(connections);
  return {
    answers: counts.reduce((sum, count) => sum + count, 0),
    seconds: (performance.now() - begin) / 1000,
  };
}

interface Asking {
  readonly hostname: string;
  readonly port: string;
  readonly request: Buffer;
  /** By `performance.now()`. */
  readonly end: number;
}

/** Asks again after each answer; answers how many there were. */
async function ask({ hostname, port, request, end }: Asking): Promise<number> {
  const socket = connect(Number(port), hostname).setNoDelay();
  let answers = 0;
  let length = 0;
  let received = 0;
  socket.on('data', (chunk) => {
    if (received === 0 && !chunk.subarray(0, YES.length).equals(YES)) {
      socket.destroy(new Error(`not a page: ${chunk.subarray(0, YES.length)}`));
      return;
    }
    if (length === 0) length = lengthOfAnswer(chunk);
    received += chunk.length;
    if (received < length) return;
    answers += 1;
    received = 0;
    if (performance.now() < end) socket.write(request);
    else socket.destroy();
  });
  socket.write(request);
  await once(socket, 'close');
  return answers;
}

function lengthOfAnswer(start: Buffer): number {
  const head = start.subarray(0, start.indexOf(END_OF_HEAD)).toString('latin1');
  const body = /^content-length: (\d+)$/im.exec(head)?.[1];
  return head.length + END_OF_HEAD.length + Number(body ?? Number.NaN);
}
