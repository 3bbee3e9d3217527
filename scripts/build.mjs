import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './prepare.mjs';

const SOURCE = join(ROOT, 'src');
const OUTPUT = join(ROOT, 'build');
const ISLANDS = join(SOURCE, 'design', 'islands');
const STYLE_SHEET = join(SOURCE, 'design', 'css', 'site.css');
const COPIED = new Set(['.sql', '.rng', '.json', '.md', '.svg', '.png', '.jpg', '.webp', '.txt', '.typ']);
const SERVER = {
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  jsxImportSource: 'preact',
};
const BROWSERS = ['es2022', 'chrome109', 'firefox115', 'safari16'];

/** Writes build/: each source file as its own module, and what is sent to browsers under hashed names. */
export async function buildProgram() {
  const half = `${OUTPUT}.new-${process.pid}`;
  const old = `${OUTPUT}.old-${process.pid}`;
  try {
    const files = sourceFiles();
    await build({
      ...SERVER,
      entryPoints: files.filter((file) => /(?<!\.d)\.tsx?$/.test(file) && dirname(file) !== ISLANDS),
      outbase: SOURCE,
      outdir: half,
      logLevel: 'silent',
    });
    copyAssets(files, half);
    await buildBrowserFiles(files, join(half, 'design', 'assets'));
    if (existsSync(OUTPUT)) renameSync(OUTPUT, old);
    renameSync(half, OUTPUT);
  } finally {
    for (const folder of [half, old]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes build/bench/: each file of bench/ with the modules beside it; what it measures is that of build/. */
export async function buildBench() {
  const bench = join(ROOT, 'bench');
  const outdir = join(OUTPUT, 'bench');
  await build({
    ...SERVER,
    entryPoints: readdirSync(bench)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(bench, name)),
    outdir,
    bundle: true,
    packages: 'external',
    logLevel: 'silent',
    plugins: [builtSources(outdir)],
  });
}

function sourceFiles() {
  return readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function copyAssets(files, target) {
  for (const file of files.filter((name) => COPIED.has(extname(name)))) {
    const copy = join(target, relative(SOURCE, file));
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(file, copy);
  }
}

async function buildBrowserFiles(files, outdir) {
  const { metafile } = await build({
    entryPoints: files.filter(
      (file) => file === STYLE_SHEET || (dirname(file) === ISLANDS && file.endsWith('.ts')),
    ),
    outdir,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: BROWSERS,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    absWorkingDir: ROOT,
    metafile: true,
    logLevel: 'silent',
  });
  const names = Object.entries(metafile.outputs).map(([path, { entryPoint, inputs }]) => {
    const source = basename(entryPoint ?? Object.keys(inputs)[0] ?? path);
    return [source.replace(/\.tsx?$/, '.js'), basename(path)];
  });
  mkdirSync(outdir, { recursive: true });
  writeFileSync(
    join(outdir, 'manifest.json'),
    `${JSON.stringify(Object.fromEntries(names.sort()), null, 2)}\n`,
  );
}

/** Leads an import of src/ to the built file, which is loaded as it is. */
function builtSources(outdir) {
  return {
    name: 'built-sources',
    setup({ onResolve }) {
      onResolve({ filter: /\/src\// }, ({ path, resolveDir }) => {
        const inSource = relative(SOURCE, resolve(resolveDir, path));
        if (inSource.startsWith('..')) return undefined;
        return { path: relative(outdir, join(OUTPUT, inSource)).replaceAll('\\', '/'), external: true };
      });
    },
  };
}
