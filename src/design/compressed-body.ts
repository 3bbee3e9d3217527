import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** One body in the encodings that a browser may take, compressed once for everybody. */
export interface CompressedBody {
  readonly type: string;
  /** Names the content, for `If-None-Match`. */
  readonly etag: string;
  readonly identity: Buffer;
  readonly gzip: Buffer;
  readonly br: Buffer;
}

/** @param quality Brotli's, from 0 to 11: the highest for what is compressed once in a process's life. */
export function compress(type: string, body: Buffer | string, quality: number): CompressedBody {
  const identity = Buffer.from(body);
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  return {
    type,
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    identity,
    gzip: gzipSync(identity),
    br: brotliCompressSync(identity, { params }),
  };
}

/** Answers with a body that is the same for everybody, or with 304 where the browser has it. */
export function answerCompressed(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, cacheControl }: { body: CompressedBody; cacheControl: string },
): FastifyReply {
  reply.header('cache-control', cacheControl).header('etag', body.etag).header('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === body.etag) return reply.status(304).send();
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.header('content-type', body.type).send(body[encoding]);
}

function chooseEncoding(accepted: string | undefined): 'br' | 'gzip' | 'identity' {
  if (accepted?.includes('br')) return 'br';
  return accepted?.includes('gzip') ? 'gzip' : 'identity';
}
