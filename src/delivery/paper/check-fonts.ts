import type { DoctorFinding } from '../../doctor-finding.js';
import { fontFilesIn } from './font-files.js';

/** Whether each of the operator's folders has fonts in it. */
export async function checkFonts(folders: readonly string[]): Promise<DoctorFinding[]> {
  return Promise.all(
    folders.map(async (folder) => {
      const files = await fontFilesIn([folder]);
      const found = `${files.length} font files in ${folder}`;
      if (files.length > 0) return { name: 'fonts', ok: true, found };
      const mend = 'Put .ttf, .otf or .ttc files there, or name another folder in REDRESS_FONTS.';
      return { name: 'fonts', ok: false, found, mend };
    }),
  );
}
