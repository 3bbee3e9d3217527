import type { Chamber } from '../script/office-key.js';

/** The districts of each state since 2023 (apportionment of 2020), and one seat of each delegate; `AQ` is American Samoa. */
const HOUSE_SEATS =
  'AL7 AK1 AZ9 AR4 CA52 CO8 CT5 DE1 FL28 GA14 HI2 ID2 IL17 IN9 IA4 KS4 KY6 LA6 ME2 MD8 MA9 MI13 MN8 MS4 MO8 MT2 ' +
  'NE3 NV4 NH2 NJ12 NM3 NY26 NC14 ND1 OH15 OK5 OR6 PA17 RI2 SC7 SD1 TN9 TX38 UT4 VT1 VA11 WA10 WV2 WI8 WY1 ' +
  'DC1 PR1 GU1 VI1 AQ1 MP1';

/** The states whose senators are of each class: a seat's code ends in its class. */
const SENATE_CLASSES: Readonly<Record<'1' | '2' | '3', string>> = {
  1: 'AZ CA CT DE FL HI IN ME MD MA MI MN MS MO MT NE NV NJ NM NY ND OH PA RI TN TX UT VT VA WA WV WI WY',
  2: 'AL AK AR CO DE GA ID IL IA KS KY LA ME MA MI MN MS MT NE NH NJ NM NC OK OR RI SC SD TN TX VA WV WY',
  3: 'AL AK AZ AR CA CO CT FL GA HI ID IL IN IA KS KY LA MD MO NV NH NY NC ND OH OK OR PA SC SD UT VT WA WI',
};

/** Every seat's code: `HVA04`, `HWY00` where a state has one district, `SVA01`. */
export const ALL_OFFICES: Readonly<Record<Chamber, readonly string[]>> = {
  house: HOUSE_SEATS.split(' ').flatMap((seats) => houseCodes(seats.slice(0, 2), Number(seats.slice(2)))),
  senate: Object.entries(SENATE_CLASSES)
    .flatMap(([seatClass, states]) => states.split(' ').map((state) => `S${state}0${seatClass}`))
    .toSorted(),
};

function houseCodes(state: string, seats: number): string[] {
  if (seats === 1) return [`H${state}00`];
  return Array.from({ length: seats }, (_, index) => `H${state}${String(index + 1).padStart(2, '0')}`);
}
