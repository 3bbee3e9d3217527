/** A province of the demo's fictional country and its districts, in the order of the map (`map.json`, from 1). */
interface DemoProvince {
  readonly name: string;
  readonly districts: readonly { readonly onMap: number; readonly name: string }[];
}

export const PROVINCES: readonly DemoProvince[] = [
  {
    name: 'Haldermark',
    districts: [
      { onMap: 1, name: 'Tallow Head' },
      { onMap: 2, name: 'Brindle Coast' },
      { onMap: 3, name: 'Upper Halder' },
    ],
  },
  {
    name: 'Eastering',
    districts: [
      { onMap: 4, name: 'Gannet Isle' },
      { onMap: 6, name: 'Larkwater' },
      { onMap: 11, name: 'Farrow Shore' },
    ],
  },
  {
    name: 'Quellin',
    districts: [
      { onMap: 5, name: 'Wexmoor' },
      { onMap: 7, name: 'Quell Valley' },
      { onMap: 10, name: 'Saltmere' },
    ],
  },
  {
    name: 'Ostrelside',
    districts: [
      { onMap: 8, name: 'Ostrel' },
      { onMap: 9, name: 'Middle Orrow' },
      { onMap: 12, name: 'Sunder Bay' },
    ],
  },
];

const FIRST_POSTCODE = 1000;
const POSTCODES_OF_A_DISTRICT = 100;
const WHOLE_POSTCODES = [10, 20, 30];

/** Districts (numbers on the map) that share a postcode; two of these cross the border of a province. */
const SPLIT_POSTCODES: readonly (readonly [postcode: string, districts: readonly number[]])[] = [
  ['1190', [1, 2]],
  ['1390', [3, 8]],
  ['1590', [5, 7]],
  ['1690', [6, 2]],
  ['1790', [7, 10]],
  ['1890', [8, 9, 12]],
  ['1990', [9, 12]],
];

/** Each postcode with its districts (numbers on the map): 1110, 1120 and 1130 lie in district 1, and so on. */
export function demoPostcodes(): (readonly [postcode: string, districts: readonly number[]])[] {
  const districts = PROVINCES.flatMap((province) => province.districts);
  const whole = districts.flatMap(({ onMap }) =>
    WHOLE_POSTCODES.map(
      (rest) => [String(FIRST_POSTCODE + POSTCODES_OF_A_DISTRICT * onMap + rest), [onMap]] as const,
    ),
  );
  return [...whole, ...SPLIT_POSTCODES].sort(([a], [b]) => a.localeCompare(b));
}
