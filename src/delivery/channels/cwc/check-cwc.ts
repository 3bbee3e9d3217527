import type { CwcMode, CwcSystem } from '../../../config/index.js';
import type { Context } from '../../../context.js';
import type { DoctorFinding } from '../../../doctor-finding.js';
import { LEGISLATURE_MAIL } from '../../office-routes.js';
import { type OfficeList, readOfficeLists, refreshActiveOffices } from './active-offices.js';
import { CWC_CHAMBERS, type CwcChamber } from './chambers.js';
import { readChannelKeys, type SealedKey } from './channel-keys.js';
import { mayAsk } from './system-address.js';

const HOUR_MS = 60 * 60 * 1000;

const MODES: Readonly<Record<CwcMode, string>> = {
  validate: 'checks letters and keeps none: they are marked as rehearsed',
  test: 'its test system takes letters, no office does: they are marked as rehearsed',
  production: 'takes letters for its offices',
};

/** What `redress doctor` says of letters to the Congress. Each list of active offices is asked for once. */
export async function checkCwc(context: Context): Promise<readonly DoctorFinding[]> {
  const keys = await readChannelKeys(context);
  const findings: DoctorFinding[] = [];
  for (const channel of LEGISLATURE_MAIL) {
    const chamber = CWC_CHAMBERS[channel];
    const system = context.config.cwc[chamber.setting];
    const own = keys.filter((key) => key.channel === channel);
    if (system === undefined) findings.push(...checkOff(chamber, own));
    else {
      await refreshActiveOffices(context, { only: channel });
      const list = (await readOfficeLists(context)).find(
        (known) => known.channel === channel && known.source === system.officesAt,
      );
      findings.push(checkSystem(context, chamber, system), checkKeys(chamber, own));
      if (own.length > 0) findings.push(checkList(context, { chamber, system, list }));
    }
  }
  return findings;
}

/** Nothing is said of a chamber that nobody set up. */
function checkOff({ setting, channel }: CwcChamber, keys: readonly SealedKey[]): readonly DoctorFinding[] {
  if (keys.length === 0) return [];
  const found = `a key is set, but REDRESS_CWC_${setting.toUpperCase()} is off: letters take other ways`;
  return [{ name: channel, ok: true, found }];
}

function checkSystem({ config }: Context, { channel }: CwcChamber, system: CwcSystem): DoctorFinding {
  const found = `${new URL(system.sendTo).host} ${MODES[system.mode]}`;
  if (mayAsk(config, system)) return { name: channel, ok: true, found };
  return { name: channel, ok: true, found: `${found}; REDRESS_DELIVERY is off, so nothing is sent there` };
}

function checkKeys({ channel }: CwcChamber, keys: readonly SealedKey[]): DoctorFinding {
  const name = `${channel} key`;
  if (keys.length > 0)
    return { name, ok: true, found: `set for ${keys.map((key) => key.organisation).join(', ')}` };
  const mend = `redress channel key set ${channel} < FILE`;
  return { name, ok: false, found: 'no organisation has one: letters take other ways', mend };
}

interface Listed {
  readonly chamber: CwcChamber;
  readonly system: CwcSystem;
  readonly list: OfficeList | undefined;
}

function checkList({ clock, config }: Context, { chamber, system, list }: Listed): DoctorFinding {
  const name = `${chamber.channel} offices`;
  if (system.officesAt === undefined) return { name, ok: true, found: 'every office of the test system' };
  if (list === undefined && !mayAsk(config, system))
    return { name, ok: true, found: 'not asked for while REDRESS_DELIVERY is off' };
  const mend =
    'Check the key, and that the chamber lets this machine’s address in: both are needed, even to test.';
  if (list?.fetchedAt == null)
    return { name, ok: false, found: `never listed: ${list?.failure ?? 'not asked yet'}`, mend };
  const hours = Math.floor((clock.now().getTime() - list.fetchedAt.getTime()) / HOUR_MS);
  const found = `${list.codes.length} active, as listed ${hours} h ago`;
  if (list.failure === null) return { name, ok: true, found };
  return { name, ok: false, found: `${found}; since then: ${list.failure}`, mend };
}
