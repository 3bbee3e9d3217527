/** A street's name in the form in which two spellings of it are equal. */
export interface StreetName {
  /** `N MAIN ST` */
  readonly street: string;
  /** Without directions and kind: `MAIN`. People leave them out, or get them wrong. */
  readonly core: string;
}

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['NORTH', 'N'],
  ['SOUTH', 'S'],
  ['EAST', 'E'],
  ['WEST', 'W'],
  ['NORTHEAST', 'NE'],
  ['NORTHWEST', 'NW'],
  ['SOUTHEAST', 'SE'],
  ['SOUTHWEST', 'SW'],
]);
const SHORT_DIRECTIONS = new Set(DIRECTIONS.values());

/** The common street suffixes of USPS Publication 28, appendix C1: the abbreviation, then what is written for it. */
const KINDS = `ALY ALLEY ALLY|ARC ARCADE|AVE AVENUE AV AVEN AVNUE|BCH BEACH|BLF BLUFF|BLVD BOULEVARD BOUL BOULV|
BND BEND|BR BRANCH|BRG BRIDGE|BYP BYPASS|CIR CIRCLE CIRC CRCL|CMN COMMON|COR CORNER|CRES CRESCENT|CRK CREEK|
CRST CREST|CSWY CAUSEWAY|CT COURT CRT|CTR CENTER CENTRE|CTS COURTS|CV COVE|DR DRIVE DRV|EST ESTATE|
EXPY EXPRESSWAY|EXT EXTENSION|FLS FALLS|FRY FERRY|FWY FREEWAY|GDN GARDEN|GDNS GARDENS|GLN GLEN|GRN GREEN|
GRV GROVE|HBR HARBOR HARBOUR|HL HILL|HLS HILLS|HOLW HOLLOW|HTS HEIGHTS|HWY HIGHWAY HIWAY|IS ISLAND|
JCT JUNCTION|KNL KNOLL|LK LAKE|LN LANE|LNDG LANDING|LOOP|MALL|MDWS MEADOWS|ML MILL|MNR MANOR|MTN MOUNTAIN|
OVAL|PARK PK|PASS|PATH|PIKE|PKWY PARKWAY PKY|PL PLACE|PLZ PLAZA|PT POINT|RDG RIDGE|RD ROAD|ROW|RTE ROUTE|RUN|
SHR SHORE|SPG SPRING|SQ SQUARE|ST STREET STR|STA STATION|TER TERRACE TERR|TPKE TURNPIKE|TRCE TRACE|TRL TRAIL|
VIS VISTA|VLG VILLAGE|VLY VALLEY|VW VIEW|WALK|WAY|XING CROSSING`;

const ABBREVIATED: ReadonlyMap<string, string> = new Map(
  KINDS.replaceAll('\n', '')
    .split('|')
    .flatMap((line) => {
      const [short = '', ...written] = line.split(' ');
      return [short, ...written].map((word): [string, string] => [word, short]);
    }),
);
const SHORT_KINDS = new Set(ABBREVIATED.values());

/** Words that are written in two ways wherever they stand in a name. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['SAINT', 'ST'],
  ['FORT', 'FT'],
  ['MOUNT', 'MT'],
  ...['FIRST', 'SECOND', 'THIRD', 'FOURTH', 'FIFTH', 'SIXTH', 'SEVENTH', 'EIGHTH', 'NINTH', 'TENTH'].map(
    (word, index): [string, string] => [word, ordinal(index + 1)],
  ),
]);

function ordinal(number: number): string {
  return `${number}${['ST', 'ND', 'RD'][number - 1] ?? 'TH'}`;
}

/** The words of a text as names are compared: capital, without accents and punctuation. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}|['’.]/gu, '')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/**
 * Brings a street's name into the form that names are compared in: kinds and directions abbreviated as in USPS
 * Publication 28. A direction that is the name itself (`North Street`) is no direction, and stays as it is.
 */
export function normaliseStreet(words: readonly string[]): StreetName {
  const short = words.map((word) => WORDS.get(word) ?? ABBREVIATED.get(word) ?? word);
  let [from, to] = [0, short.length];
  if (to - from > 1 && isDirection(short[to - 1])) to -= 1;
  if (to - from > 1 && SHORT_KINDS.has(short[to - 1] ?? '')) to -= 1;
  if (to - from > 1 && isDirection(short[from])) from += 1;
  const abridged = short.map((word, index) => (index >= from && index < to ? word : shorten(word)));
  return { street: abridged.join(' '), core: short.slice(from, to).join(' ') };
}

/** Whether a word, as `wordsOf` gives it, can be the kind of a street or its direction. */
export function endsStreet(word: string): boolean {
  return ABBREVIATED.has(word) || isDirection(word);
}

function isDirection(word = ''): boolean {
  return DIRECTIONS.has(word) || SHORT_DIRECTIONS.has(word);
}

function shorten(word: string): string {
  return DIRECTIONS.get(word) ?? word;
}
