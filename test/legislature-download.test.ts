import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { download } from '../src/legislatures/files/download.js';
import { downloadUsCongress } from '../src/legislatures/us-congress/download-us-congress.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { temporaryFolder } from './support/temporary-file.js';
import { tinyCensusZip, tinyMembers, tinyZips } from './support/tiny-congress.js';

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
const HALF = 100_000;
const MOST_BYTES = 1_000_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface LocalServer extends AsyncDisposable {
  readonly url: string;
  readonly ranges: (string | undefined)[];
}

async function serve(handle: Handler): Promise<LocalServer> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    ranges,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers ranges as a good server does; breaks the first answers off after some bytes. */
function good(content: Buffer, options: { breaks?: number; etag?: string } = {}): Handler {
  let breaks = options.breaks ?? 0;
  const etag = options.etag ?? '"one"';
  return (request, response) => {
    const wanted = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const same = request.headers['if-range'] === etag;
    const from = wanted && same ? Number(wanted[1]) : 0;
    if (from >= content.length) return response.writeHead(416).end();
    const rest = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      etag,
      'content-length': rest.length,
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    if (breaks === 0) return response.end(rest);
    breaks -= 1;
    return response.write(rest.subarray(0, HALF), () => setTimeout(() => response.destroy(), 50));
  };
}

function target(): { folder: string; path: string } {
  const folder = temporaryFolder('download');
  return { folder, path: join(folder, 'file') };
}

describe('a download', () => {
  test('comes whole, tells how far it is, and leaves nothing else behind', async () => {
    await using server = await serve(good(CONTENT));
    const { folder, path } = target();
    const steps: (number | undefined)[] = [];
    await download({
      url: `${server.url}/file`,
      path,
      mostBytes: MOST_BYTES,
      onProgress: (received, total) => steps.push(received, total),
    });
    expect(await readFile(path)).toEqual(CONTENT);
    expect(steps.slice(-2)).toEqual([CONTENT.length, CONTENT.length]);
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('that breaks goes on from where it was', async () => {
    await using server = await serve(good(CONTENT, { breaks: 2 }));
    const { path } = target();
    await download({ url: `${server.url}/file`, path, mostBytes: MOST_BYTES });
    expect(await readFile(path)).toEqual(CONTENT);
    expect(server.ranges).toEqual([undefined, `bytes=${HALF}-`, `bytes=${2 * HALF}-`]);
  });

  test('that never ends in one run goes on in the next', async () => {
    const { folder, path } = target();
    await writeFile(`${path}.part`, CONTENT.subarray(0, HALF));
    await using server = await serve(good(CONTENT));
    await writeFile(`${path}.part.json`, JSON.stringify({ url: `${server.url}/file`, validator: '"one"' }));
    await download({ url: `${server.url}/file`, path, mostBytes: MOST_BYTES });
    expect(server.ranges).toEqual([`bytes=${HALF}-`]);
    expect(await readFile(path)).toEqual(CONTENT);
    expect(await readdir(folder)).toEqual(['file']);
  });

  test.each([
    ['is another now', '"other"', CONTENT.subarray(0, HALF)],
    ['got shorter', '"one"', Buffer.concat([CONTENT, CONTENT])],
  ])('starts anew when the file on the server %s', async (_name, validator, begun) => {
    await using server = await serve(good(CONTENT));
    const { path } = target();
    await writeFile(
      `${path}.part`,
      begun.map((byte) => byte ^ 1),
    );
    await writeFile(`${path}.part.json`, JSON.stringify({ url: `${server.url}/file`, validator }));
    await download({ url: `${server.url}/file`, path, mostBytes: MOST_BYTES });
    expect(await readFile(path)).toEqual(CONTENT);
  });

  test('starts anew when the server knows no ranges, or names no version', async () => {
    let breaks = 1;
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      if (breaks === 0) return response.end(CONTENT);
      breaks -= 1;
      return response.write(CONTENT.subarray(0, HALF), () => setTimeout(() => response.destroy(), 50));
    });
    const { path } = target();
    await download({ url: `${server.url}/file`, path, mostBytes: MOST_BYTES });
    expect(await readFile(path)).toEqual(CONTENT);
    expect(server.ranges).toEqual([undefined, undefined]);
  });

  test('is refused with the server’s answer, and what was there stays', async () => {
    await using server = await serve((_request, response) => response.writeHead(404).end('no'));
    const { path } = target();
    await writeFile(path, 'old');
    const request = { url: `${server.url}/file`, path, mostBytes: MOST_BYTES };
    await expect(download(request)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('answered 404'),
    });
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test.each([true, false])('that is too large ends, announced (%s) or not', async (announced) => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, announced ? { 'content-length': CONTENT.length } : {}).end(CONTENT);
    });
    const { path } = target();
    const request = { url: `${server.url}/file`, path, mostBytes: CONTENT.length - 1 };
    await expect(download(request)).rejects.toMatchObject({ code: 'too_large' });
    await expect(readFile(path)).rejects.toThrow();
  });

  test('from nowhere says so', async () => {
    const { path } = target();
    const request = { url: 'http://127.0.0.1:1/file', path, mostBytes: MOST_BYTES };
    await expect(download(request)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the files of the Congress', () => {
  const files: Record<string, Buffer> = {
    '/mirror/legislators-current.yaml': Buffer.from(stringify(tinyMembers())),
    '/mirror/zccd.csv': Buffer.from(tinyZips()),
    '/mirror/cb_2024_us_cd119_500k.zip': tinyCensusZip(),
  };

  test('come from a mirror and make a set', async () => {
    await using server = await serve((request, response) => {
      const content = files[request.url ?? ''];
      if (content) good(content)(request, response);
      else response.writeHead(404).end();
    });
    const { folder } = target();
    await downloadUsCongress({ folder, baseUrl: `${server.url}/mirror`, quiet: true });
    const { set } = await readUsCongress(folder);
    expect(set.officeholders).toHaveLength(tinyMembers().length);
    expect((await readdir(folder)).sort()).toEqual([
      'cb_2024_us_cd119_500k.zip',
      'legislators-current.yaml',
      'zccd.csv',
    ]);
  });

  test('are not looked for at an address that is none', async () => {
    const { folder } = target();
    for (const baseUrl of ['nowhere', 'ftp://x.example/', 'file:///etc']) {
      await expect(downloadUsCongress({ folder, baseUrl, quiet: true })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
  });
});
