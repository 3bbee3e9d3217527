import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { CwcBehaviour } from '../script/behaviours.js';
import type { CwcAnswer } from './cwc-answer.js';

const SECOND_MS = 1000;
const ONE_BYTE_A_SECOND = 1;
const MEGABYTE = 1024 * 1024;
const HUGE_MEGABYTES = 10;
const PIECE = Buffer.alloc(64 * 1024, 'x');

/** Sends an answer in the manner of the script: cut, swollen, slow, never, or not at all. */
export function sendAnswer(
  reply: FastifyReply,
  answer: CwcAnswer,
  behaviour: CwcBehaviour | undefined,
): FastifyReply {
  if (behaviour?.do === 'stall') return reply.hijack();
  if (behaviour?.do === 'drop') {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  reply.status(answer.status).type(answer.type);
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', String(answer.retryAfterSeconds));
  switch (behaviour?.do) {
    case 'truncated':
      return reply.send(answer.body.slice(0, Math.ceil(answer.body.length / 2)));
    case 'huge':
      return reply.send(Readable.from(swollen(answer.body, behaviour.megabytes ?? HUGE_MEGABYTES)));
    case 'drip':
      return reply.send(Readable.from(dripped(answer.body, behaviour.bytesPerSecond ?? ONE_BYTE_A_SECOND)));
    default:
      return reply.send(answer.body);
  }
}

/** The answer, with so much of one comment before its end. */
function* swollen(body: string, megabytes: number): Generator<Buffer> {
  const end = body.lastIndexOf('</');
  yield Buffer.from(`${body.slice(0, end)}<!-- `);
  for (let left = megabytes * MEGABYTE; left > 0; left -= PIECE.length)
    yield PIECE.subarray(0, Math.min(left, PIECE.length));
  yield Buffer.from(` -->${body.slice(end)}`);
}

async function* dripped(body: string, bytesPerSecond: number): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(body)) {
    await sleep(SECOND_MS / bytesPerSecond, undefined, { ref: false });
    yield Buffer.of(byte);
  }
}
