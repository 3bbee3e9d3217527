import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ASSET_PREFIX, answerCompressed, assetFolder, compress } from '../design/index.js';
import { AppError } from '../errors.js';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};
const HIGHEST_QUALITY = 11;
const CACHED_FOR_A_YEAR = 'public, max-age=31536000, immutable';

/** Serves the hashed files from memory: they are few, small, and never change. */
export function serveAssets(app: FastifyInstance): void {
  const assets = new Map(
    readdirSync(assetFolder()).flatMap((name) => {
      const type = MEDIA_TYPES[extname(name)];
      if (type === undefined) return [];
      return [[name, compress(type, readFileSync(new URL(name, assetFolder())), HIGHEST_QUALITY)] as const];
    }),
  );
  app.get<{ Params: { name: string } }>(`${ASSET_PREFIX}:name`, async (request, reply) => {
    const body = assets.get(request.params.name);
    if (body === undefined) throw new AppError('not_found');
    return answerCompressed(request, reply, { body, cacheControl: CACHED_FOR_A_YEAR });
  });
}
