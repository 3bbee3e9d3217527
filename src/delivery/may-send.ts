import type { Config } from '../config/index.js';
import { CWC_CHAMBERS } from './channels/cwc/chambers.js';
import { mayAsk } from './channels/cwc/system-address.js';
import { mayLeave } from './may-leave.js';
import type { SendingChannel } from './office.js';

/** Whether letters by this channel may go to the office with this address, as this process is configured. */
export function maySend(config: Config, channel: SendingChannel, email: string): boolean {
  if (channel === 'smtp') return mayLeave(config, email);
  const system = config.cwc[CWC_CHAMBERS[channel].setting];
  return system !== undefined && mayAsk(config, system);
}
