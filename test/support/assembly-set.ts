import type { LegislatureSet, Officeholder } from '../../src/legislatures/index.js';

const WHOLE = 'ocd-division/country:yy';
const LISTS = ['Green List', 'Table List', 'Ларк', 'قائمة البحر'];
export const ASSEMBLY_SIZE = 40;

/** A parliament of lists, without districts, that does not exist; its first five sit on a committee. */
export function assemblySet(): LegislatureSet {
  return {
    id: 'assembly',
    name: 'Assembly of Lower Yarrow (fictional)',
    country: 'yy',
    edition: '1',
    validFrom: '2025-01-01',
    validUntil: '2029-12-31',
    sources: [{ title: 'Invented', licence: 'CC0-1.0', address: 'https://assembly.example/', date: '2026' }],
    chambers: [{ id: 'assembly', name: 'Assembly', role: 'unicameral' }],
    divisions: [{ id: WHOLE, name: 'Lower Yarrow' }],
    seats: [{ id: 'members', chamber: 'assembly', division: WHOLE, places: ASSEMBLY_SIZE + 1 }],
    officeholders: Array.from({ length: ASSEMBLY_SIZE }, (_, index) => memberOf(index)),
    committees: [
      {
        id: 'harbours',
        name: 'Committee on Harbours',
        chamber: 'assembly',
        members: [4, 3, 2, 1, 0].map((index) => ({ officeholder: `member-${index}` })),
      },
    ],
    postcodes: { pattern: '(\\d{4})', example: '', entries: new Map() },
  };
}

function memberOf(index: number): Officeholder {
  const familyName = `Vél${String(index).padStart(2, '0')}`;
  return {
    id: `member-${index}`,
    name: `Ana ${familyName}`,
    givenName: 'Ana',
    familyName,
    title: '',
    party: LISTS[index % LISTS.length] ?? '',
    seat: 'members',
    office: { emails: [`member-${index}@assembly.example`] },
  };
}
