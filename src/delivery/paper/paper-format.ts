export const PAPER_FORMATS = ['a4', 'letter'] as const;

/** A4, or US Letter. */
export type PaperFormat = (typeof PAPER_FORMATS)[number];

// Where US Letter is what printers are loaded with (CLDR, `paperSize`), by ISO 3166-1 alpha-2.
const LETTER_COUNTRIES = new Set('bz ca cl co cr gt mx ni pa ph pr sv us ve'.split(' '));

/** The paper of a country. */
export function paperOf(country: string | undefined): PaperFormat {
  return country !== undefined && LETTER_COUNTRIES.has(country.toLowerCase()) ? 'letter' : 'a4';
}
