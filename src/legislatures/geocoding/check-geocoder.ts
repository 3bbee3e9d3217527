import type { Context } from '../../context.js';
import type { DoctorFinding } from '../../doctor-finding.js';
import { openGeocoder } from './open-geocoder.js';
import { listCounties } from './streets/street-store.js';

/** Nobody's address: it shows whether there is an answer, not what it is. */
const PROBE = '1 Main Street';
const PROBE_COUNTRY = 'us';

type Checking = Pick<Context, 'config' | 'secrets' | 'db'>;

/** What `redress doctor` says of street addresses; a configured service is asked once, for nobody's address. */
export async function checkGeocoder(context: Checking): Promise<DoctorFinding> {
  const { kind, goesTo } = context.config.geocoder;
  if (kind === 'none')
    return { name: 'addresses', ok: true, found: 'not looked up: postcodes and lists only' };
  if (kind === 'offline') return checkStreets(context);
  const outcome = await openGeocoder(context)?.geocode(PROBE, { countries: [PROBE_COUNTRY] });
  const found = `${kind}, ${goesTo === undefined ? 'on this machine' : `told to ${goesTo}`}`;
  if (outcome?.status === 'found') return { name: 'addresses', ok: true, found };
  return {
    name: 'addresses',
    ok: false,
    found: `${found}: ${WORDS[outcome?.status ?? 'unreachable']}`,
    mend: 'Check REDRESS_GEOCODER and REDRESS_GEOCODER_URL. Until then people choose by postcode or from a list.',
  };
}

const WORDS = {
  timed_out: 'it did not answer in time',
  unreachable: 'it cannot be reached',
  refused: 'it refused, or led to another server',
  unreadable: 'what it answers is not of this kind',
  busy: 'it is busy',
} as const;

async function checkStreets(context: Checking): Promise<DoctorFinding> {
  const counties = await listCounties(context);
  const ranges = counties.reduce((sum, county) => sum + county.ranges, 0);
  const found = `on this machine: ${ranges} ranges of house numbers in ${counties.length} counties`;
  if (ranges > 0) return { name: 'addresses', ok: true, found };
  const mend = 'Import a county: redress legislature streets import --from tl_YEAR_COUNTY_addrfeat.zip';
  return { name: 'addresses', ok: false, found, mend };
}
