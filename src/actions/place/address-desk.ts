import type { Context } from '../../context.js';
import type { Geocoder, Snapshot } from '../../legislatures/index.js';
import { NetworkCounts } from '../submit/network-counts.js';

/** People mistype their address, and try again. */
const LOOKUPS_PER_ACTION = 3;

/** Where street addresses are looked up, by the geocoder that the operator configured. */
export interface AddressDesk {
  readonly geocoder: Geocoder;
  /** Look-ups of each network in this hour. */
  readonly lookups: NetworkCounts;
}

/** Opens it; undefined without a geocoder. */
export function openAddressDesk(
  { config }: Pick<Context, 'config'>,
  geocoder: Geocoder | undefined,
): AddressDesk | undefined {
  if (geocoder === undefined) return undefined;
  return { geocoder, lookups: new NetworkCounts(config.actionsPerNetworkAndHour * LOOKUPS_PER_ACTION) };
}

/** The desk, where it knows addresses of the country of one of these legislatures. */
export function deskFor(
  desk: AddressDesk | undefined,
  snapshots: readonly Snapshot[],
): AddressDesk | undefined {
  return desk !== undefined && countriesOf(desk, snapshots).length > 0 ? desk : undefined;
}

/** The countries of these legislatures in which addresses can be looked up. */
export function countriesOf({ geocoder }: AddressDesk, snapshots: readonly Snapshot[]): string[] {
  const countries = new Set(snapshots.map(({ set }) => set.country));
  return [...countries].filter((country) => geocoder.serves(country));
}
