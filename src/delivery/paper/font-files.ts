import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

const FONT_FILE = new Set(['.ttf', '.otf', '.ttc', '.otc']);
const MOST_FILES = 2000;

/**
 * The fonts that come with Redress, all under the SIL Open Font License: Latin, Greek and Cyrillic; Arabic with
 * Persian and Urdu; Devanagari; Hebrew. One glyph for each form of a letter, so that a text can be copied from a PDF.
 */
export function ownFontFiles(): readonly string[] {
  const require = createRequire(import.meta.url);
  return [
    require.resolve('@expo-google-fonts/gentium-book-plus/400Regular/GentiumBookPlus_400Regular.ttf'),
    require.resolve('@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf'),
    require.resolve('@expo-google-fonts/yantramanav/400Regular/Yantramanav_400Regular.ttf'),
    require.resolve('@expo-google-fonts/noto-serif-hebrew/400Regular/NotoSerifHebrew_400Regular.ttf'),
  ];
}

/** Every font file in folders and their subfolders, in the order of their names; a folder that is away has none. */
export async function fontFilesIn(folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter(
      (entry) => !entry.isDirectory() && FONT_FILE.has(extname(entry.name).toLowerCase()),
    );
    found.push(...files.map((entry) => join(entry.parentPath, entry.name)).sort());
  }
  return found.slice(0, MOST_FILES);
}
