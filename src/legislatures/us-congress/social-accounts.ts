import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { readYaml } from '../files/yaml-file.js';
import type { Account } from '../model.js';

const entry = Compile(
  Type.Object({
    id: Type.Object({ bioguide: Type.String() }),
    social: Type.Record(
      Type.String(),
      Type.Union([Type.String({ maxLength: 300 }), Type.Number(), Type.Null()]),
    ),
  }),
);
/** The number that a service gives an account beside its name: `youtube_id`. */
const NUMBER_OF_ACCOUNT = /_id$/;

/**
 * Reads `legislators-social-media.yaml` (github.com/unitedstates/congress-legislators): by bioguide id.
 * @throws AppError `invalid_file` with the line.
 */
export function readSocialAccounts(file: SourceFile): Map<string, readonly Account[]> {
  const { value, lineOf } = readYaml(file);
  if (!Array.isArray(value)) return refuseFile(file.name, 'a list of people is expected', { line: 1 });
  return new Map(
    value.map((item: unknown, index) => {
      if (!entry.Check(item))
        return refuseFile(file.name, 'an entry cannot be read', { line: lineOf(index) });
      const accounts = Object.entries(item.social).flatMap(([service, name]) =>
        name === null || NUMBER_OF_ACCOUNT.test(service) ? [] : [{ service, name: String(name) }],
      );
      return [item.id.bioguide, accounts];
    }),
  );
}
