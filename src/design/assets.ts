import { existsSync, readFileSync } from 'node:fs';

/** The files of the pages, as `npm run build` writes them: each name carries a hash of its content. */
export type AssetName =
  | 'site.css'
  | 'act.js'
  | 'copy.js'
  | 'map.js'
  | 'position.js'
  | 'proof-of-work.js'
  | 'redress-serif.woff2';

/** Where hashed files are served; they never change, so they are cached for a year. */
export const ASSET_PREFIX = '/assets/';

// The first is beside the compiled program, the second beside the sources that a test runs.
const FOLDERS = [
  new URL('./assets/', import.meta.url),
  new URL('../../build/design/assets/', import.meta.url),
];

let names: ReadonlyMap<string, string> | undefined;

/** The folder of the hashed files. */
export function assetFolder(): URL {
  const folder = FOLDERS.find((candidate) => existsSync(new URL('manifest.json', candidate)));
  if (folder === undefined) throw new Error('The pages have no style sheet yet: run "npm run build".');
  return folder;
}

/** The path of a file under its hashed name, such as `/assets/site-4QK2VJ7N.css`. */
export function assetPath(name: AssetName): string {
  names ??= readManifest();
  const hashed = names.get(name);
  if (hashed === undefined)
    throw new Error(`"${name}" is missing from the built files: run "npm run build".`);
  return ASSET_PREFIX + hashed;
}

function readManifest(): ReadonlyMap<string, string> {
  const manifest: unknown = JSON.parse(readFileSync(new URL('manifest.json', assetFolder()), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) throw new Error('assets/manifest.json is no object');
  return new Map(
    Object.entries(manifest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
