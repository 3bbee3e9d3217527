const GOAL_KB = 30;
const BYTES_PER_KB = 1000;

/**
 * Weighs what a browser loads for an alert's page: itself, style sheet, scripts and fonts. The report's pictures come
 * on top. Answers in words.
 */
export async function weighPage(address: string): Promise<string> {
  const sizes = [];
  for (const encoding of ['br', 'gzip']) {
    const loaded = await loadWhole(address, encoding);
    const bytes = loaded.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
    sizes.push(`${(bytes / BYTES_PER_KB).toFixed(1)} kB by ${encoding}`);
  }
  return `size of an alert's page, everything but its pictures: ${sizes.join(', ')} (goal ${GOAL_KB} kB)`;
}

interface Loaded {
  readonly text: string;
  /** As they came over the line, without the headers. */
  readonly sentBytes: number;
}

async function loadWhole(address: string, encoding: string): Promise<readonly Loaded[]> {
  const page = await load(address, encoding);
  const paths = findPaths(page.text, /(?:href|src)="(\/assets\/[^"]+)"/g);
  const files = await loadAll(address, paths, encoding);
  const sheets = files.map(({ text }) => text).join('\n');
  const fonts = findPaths(sheets, /url\("?\.?(\/[\w-]+\.woff2)"?\)/g).map((path) => `/assets${path}`);
  // The page may have named them already, so that they load early.
  const unseen = fonts.filter((path) => !paths.includes(path));
  return [page, ...files, ...(await loadAll(address, unseen, encoding))];
}

function loadAll(base: string, paths: readonly string[], encoding: string): Promise<Loaded[]> {
  return Promise.all(paths.map((path) => load(new URL(path, base).href, encoding)));
}

async function load(address: string, encoding: string): Promise<Loaded> {
  const response = await fetch(address, { headers: { 'accept-encoding': encoding } });
  if (!response.ok) throw new Error(`${address} was answered with ${response.status}`);
  return { text: await response.text(), sentBytes: Number(response.headers.get('content-length')) };
}

function findPaths(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, path = '']) => path))];
}
