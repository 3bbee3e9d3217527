import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { ASSET_PREFIX, assetFolder } from '../../src/design/index.js';
import { securityHeaders } from '../../src/http/security-headers.js';
import { language } from '../../src/language/index.js';
import { galleryPages } from './gallery.js';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  woff2: 'font/woff2',
};
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path fill="#9aa3ad" d="M0 0h3v2H0z"/><path fill="#3b4652" d="M0 1.4h3V2H0z"/></svg>';

interface Answer {
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The gallery behind the headers of the real server. */
export interface GalleryServer {
  readonly url: string;
  readonly names: readonly string[];
  readonly server: Server;
}

/**
 * Serves the gallery: `/en/alert`, `/ar-XB/receipt`, the hashed files, a picture; `/alerts/…` is the alert. A POST of a place is answered
 * with the next step, as the real server does.
 */
export async function serveGallery(): Promise<GalleryServer> {
  const galleries = new Map(['en', 'ar-XB'].map((tag) => [tag, galleryPages(language(tag))]));
  const answerTo = (path: string): Answer | undefined => {
    const [, tag = '', name = ''] = path.split('/');
    if (path.endsWith('/place')) return pageAnswer('write', galleries.get('en'));
    if (tag === 'alerts') return pageAnswer('alert', galleries.get('en'));
    if (tag === 'pictures') return { type: 'image/svg+xml', body: PICTURE };
    return path.startsWith(ASSET_PREFIX) ? assetAnswer(path) : pageAnswer(name, galleries.get(tag));
  };
  const server = createServer((request, response) => {
    const answer = answerTo(new URL(request.url ?? '', 'http://gallery.invalid').pathname);
    if (answer === undefined) return response.writeHead(404).end();
    const headers = answer.headers ?? securityHeaders('http://127.0.0.1');
    return response.writeHead(200, { ...headers, 'content-type': answer.type }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { url: `http://127.0.0.1:${port}`, names: [...(galleries.get('en')?.keys() ?? [])], server };
}

function pageAnswer(name: string, pages: ReadonlyMap<string, string> | undefined): Answer | undefined {
  const body = pages?.get(name);
  if (body === undefined) return undefined;
  // A mail is read in a mail reader, which knows nothing of our headers.
  return { type: 'text/html; charset=utf-8', body, ...(name.startsWith('mail-') && { headers: {} }) };
}

function assetAnswer(path: string): Answer {
  const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  const headers = { ...securityHeaders('http://127.0.0.1'), 'cache-control': 'max-age=60' };
  return { type, headers, body: readFileSync(new URL(path.slice(ASSET_PREFIX.length), assetFolder())) };
}
