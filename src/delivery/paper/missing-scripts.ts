/** ISO 15924 codes of the scripts that are in use today. */
const LIVING = (
  'Adlm Arab Armn Bali Bamu Batk Beng Bopo Bugi Cakm Cans Cher Copt Cyrl Deva Ethi Geor Grek Gujr Guru Hang Hani ' +
  'Hebr Hira Hmnp Java Kana Khmr Knda Lana Laoo Latn Lepc Limb Lisu Mlym Mong Mtei Mymr Newa Nkoo Olck Orya Osge ' +
  'Rohg Samr Saur Sinh Sund Sylo Syrc Tagb Tale Talu Taml Tavt Telu Tfng Tglg Thaa Thai Tibt Vaii Wcho Yiii'
).split(' ');
const MOST_CHARACTERS = 10;

/** What cannot be drawn. */
export interface MissingGlyphs {
  /** ISO 15924 codes: `Taml`. */
  readonly scripts: readonly string[];
  /** Single characters that are of no script of their own, such as emoji. */
  readonly characters: readonly string[];
}

/** Sorts the characters that no font has by their scripts. */
export function missingGlyphs(clusters: readonly string[]): MissingGlyphs {
  const scripts = new Set<string>();
  const characters: string[] = [];
  for (const cluster of clusters) {
    const script = LIVING.find((code) => belongsTo(cluster, code));
    if (script !== undefined) scripts.add(script);
    else if (characters.length < MOST_CHARACTERS) characters.push(cluster);
  }
  return { scripts: [...scripts], characters };
}

function belongsTo(cluster: string, script: string): boolean {
  return new RegExp(`\\p{Script=${script}}`, 'u').test(cluster);
}
