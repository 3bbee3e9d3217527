import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { parseDocument } from 'yaml';
import { readTarGz } from '../src/legislatures/files/tar-archive.js';

const MOST_BYTES = 64 * 1024 * 1024;

/** What was in files, and what their libraries made of it. */
export interface ParsedFiles {
  readonly bytes: Buffer;
  readonly values: readonly unknown[];
}

/** Reads files and parses each by its own library, as an importer must; nothing is looked at. */
export async function parseFiles(folder: string, files: readonly string[]): Promise<ParsedFiles> {
  const contents: Buffer[] = [];
  const values: unknown[] = [];
  for (const path of await listFiles(folder, files)) {
    const bytes = await readFile(path);
    contents.push(bytes);
    values.push(parseFile(path, bytes));
  }
  return { bytes: Buffer.concat(contents), values };
}

async function listFiles(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isDirectory()) paths.push(...(await listFiles(path, await readdir(path))));
    else paths.push(path);
  }
  return paths;
}

function parseFile(path: string, bytes: Buffer): unknown {
  if (path.endsWith('.tar.gz')) return parseArchive(path, bytes);
  const text = bytes.toString('utf8');
  if (path.endsWith('.csv')) return parseCsv(text);
  if (path.endsWith('.json')) return JSON.parse(text);
  return path.endsWith('.topojson') ? parseTopojson(text) : parseYaml(text);
}

function parseArchive(name: string, bytes: Buffer): unknown {
  const members = readTarGz({ name, bytes }, { wanted: /\.yaml$/, mostBytes: MOST_BYTES });
  return Array.from(members, ([, content]) => parseYaml(content.toString('utf8')));
}

function parseTopojson(text: string): unknown {
  const topology: Topology<Record<string, GeometryCollection>> = JSON.parse(text);
  return Object.values(topology.objects).map((collection) => feature(topology, collection));
}

/** With the options of the importers. */
function parseYaml(text: string): unknown {
  return parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error' }).toJS();
}
