import { createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../errors.js';

const STALL_MS = 30_000;
const MOST_TRIES = 4;
const WAIT_BETWEEN_TRIES_MS = 500;
const PARTIAL_CONTENT = 206;
const RANGE_NOT_SATISFIABLE = 416;

interface DownloadRequest {
  readonly url: string;
  readonly path: string;
  readonly mostBytes: number;
  /** `total` is what the server announced, if it did. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
}

/**
 * Fetches a file. What came before a break is kept in `PATH.part`, and the next try, now or at the next run, goes on
 * from there if the server still has the same file. The file appears under its name only when it is whole.
 * @throws AppError `unavailable` when the server cannot be reached or refuses; `too_large`.
 */
export async function download(request: DownloadRequest): Promise<void> {
  await mkdir(dirname(request.path), { recursive: true });
  for (let tries = 1; ; tries += 1) {
    try {
      await fetchOnce(request);
      return;
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      if (tries >= MOST_TRIES)
        throw unavailable(request, `the connection broke (${reasonOf(cause)}); run it again to go on`, cause);
      await wait(WAIT_BETWEEN_TRIES_MS * tries);
    }
  }
}

function unavailable({ url }: DownloadRequest, problem: string, cause?: unknown): AppError {
  return new AppError('unavailable', { detail: `${url} could not be downloaded: ${problem}.`, cause });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function fetchOnce(request: DownloadRequest): Promise<void> {
  const begun = await readBegun(request);
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error(`nothing came for ${STALL_MS / 1000} s`)), STALL_MS);
  try {
    const response = await fetch(request.url, {
      signal: stall.signal,
      // Lengths and ranges must be those of the file, not of a compressed form.
      headers: {
        'accept-encoding': 'identity',
        ...(begun && { range: `bytes=${begun.size}-`, 'if-range': begun.validator }),
      },
    });
    await receive(request, response, { size: begun?.size ?? 0, heard: () => timer.refresh() });
  } finally {
    clearTimeout(timer);
  }
}

interface Receiving {
  readonly size: number;
  readonly heard: () => void;
}

async function receive(
  request: DownloadRequest,
  response: Response,
  { size, heard }: Receiving,
): Promise<void> {
  const partial = response.status === PARTIAL_CONTENT;
  const otherRange = partial && !response.headers.get('content-range')?.startsWith(`bytes ${size}-`);
  if (response.status === RANGE_NOT_SATISFIABLE || otherRange) {
    await response.body?.cancel();
    await forget(request);
    throw new Error('the file on the server is another now');
  }
  if (!response.ok || response.body === null)
    throw unavailable(request, `the server answered ${response.status}`);
  const from = partial ? size : 0;
  const length = response.headers.get('content-length');
  const total = length === null ? undefined : from + Number(length);
  if (total !== undefined && total > request.mostBytes) throw tooLarge(request);
  if (from === 0) await begin(request, response.headers);
  let received = from;
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      heard();
      received += chunk.length;
      if (received > request.mostBytes) throw tooLarge(request);
      request.onProgress?.(received, total);
      yield chunk;
    }
  };
  await pipeline(response.body, count, createWriteStream(partOf(request), { flags: from === 0 ? 'w' : 'a' }));
  if (total !== undefined && received !== total) throw new Error(`${received} of ${total} bytes came`);
  await finish(request);
}

function tooLarge({ url, mostBytes }: DownloadRequest): AppError {
  return new AppError('too_large', {
    detail: `${url} is larger than the ${mostBytes} bytes that such a file may have.`,
  });
}

const partOf = ({ path }: DownloadRequest): string => `${path}.part`;
const noteOf = ({ path }: DownloadRequest): string => `${path}.part.json`;

/** What a broken download left behind, if it can be gone on with. */
async function readBegun(request: DownloadRequest): Promise<{ size: number; validator: string } | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(noteOf(request), 'utf8'));
    const { size } = await stat(partOf(request));
    if (typeof note !== 'object' || note === null || !('url' in note) || !('validator' in note))
      return undefined;
    if (size === 0 || note.url !== request.url || typeof note.validator !== 'string') return undefined;
    return { size, validator: note.validator };
  } catch {
    return undefined;
  }
}

/** A weak ETag does not promise the same bytes (RFC 9110, section 13.1.5). */
async function begin(request: DownloadRequest, headers: Headers): Promise<void> {
  const etag = headers.get('etag');
  const validator = etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified');
  if (validator === null) await forget(request);
  else await writeFile(noteOf(request), JSON.stringify({ url: request.url, validator }));
}

async function finish(request: DownloadRequest): Promise<void> {
  const handle = await open(partOf(request), 'r+');
  await handle.sync().finally(() => handle.close());
  await rename(partOf(request), request.path);
  await rm(noteOf(request), { force: true });
}

async function forget(request: DownloadRequest): Promise<void> {
  await rm(partOf(request), { force: true });
  await rm(noteOf(request), { force: true });
}

/** The last part of an address: the name that its file gets. */
export function nameInAddress(url: string): string {
  return basename(new URL(url).pathname);
}
