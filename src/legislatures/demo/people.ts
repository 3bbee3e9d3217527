/** How an office of the demo takes letters. */
export type DemoReach = 'email' | 'email_with_address' | 'form' | 'website';

export interface DemoPerson {
  readonly given: string;
  readonly family: string;
  readonly party: string;
  readonly reach: DemoReach;
}

const HARBOUR = 'Harbour League';
const ORCHARD = 'Orchard Union';
const TABLE = 'Open Table';
const NONE = 'Independent';

/** By the district's name; the seat of Upper Halder is vacant. All are invented. */
export const DEPUTIES: Readonly<Record<string, DemoPerson>> = {
  'Tallow Head': { given: 'Ilse', family: 'Brandvold-Okoro', party: HARBOUR, reach: 'email' },
  'Brindle Coast': { given: 'Tomás', family: 'Arrieta Lund', party: ORCHARD, reach: 'form' },
  'Gannet Isle': { given: 'Noor', family: 'El-Amari', party: NONE, reach: 'email' },
  Larkwater: { given: 'Zhilan', family: 'Wen', party: TABLE, reach: 'website' },
  'Farrow Shore': { given: 'Yasmin', family: 'Tereshko', party: ORCHARD, reach: 'email' },
  Wexmoor: { given: 'Pádraig', family: 'Ó Cuinneagh', party: ORCHARD, reach: 'email' },
  'Quell Valley': { given: 'Adaeze', family: 'Whitlock', party: HARBOUR, reach: 'form' },
  Saltmere: { given: 'Kofi', family: 'Lindkvist', party: TABLE, reach: 'email_with_address' },
  Ostrel: { given: 'Rafael', family: 'Monteverde-Hale', party: TABLE, reach: 'email' },
  'Middle Orrow': { given: 'Sunniva', family: 'Dahlrao', party: HARBOUR, reach: 'email' },
  'Sunder Bay': { given: 'Iosif', family: 'Calderwright', party: ORCHARD, reach: 'form' },
};

/** By the province's name: two each, one of either class. */
export const SENATORS: Readonly<Record<string, readonly [DemoPerson, DemoPerson]>> = {
  Haldermark: [
    { given: 'Mira', family: 'Quell', party: ORCHARD, reach: 'email' },
    { given: 'Bertrand', family: 'Osei-Falk', party: HARBOUR, reach: 'form' },
  ],
  Eastering: [
    { given: 'Leila', family: 'Novakari', party: TABLE, reach: 'email' },
    { given: 'Henrik', family: 'Amadisson', party: ORCHARD, reach: 'email_with_address' },
  ],
  Quellin: [
    { given: 'Soledad', family: 'Prynnington', party: HARBOUR, reach: 'website' },
    { given: 'Dmitri', family: 'Achterveldt', party: TABLE, reach: 'email' },
  ],
  Ostrelside: [
    { given: 'Aroha', family: 'Wintersea', party: HARBOUR, reach: 'email' },
    { given: 'Kamal', family: 'Devereux-Sandhar', party: NONE, reach: 'form' },
  ],
};
