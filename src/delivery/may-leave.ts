import type { Config } from '../config/index.js';
import { leadsNowhere } from './mail-address.js';

/** Whether mail to this address may leave the machine: a mailer is set, and sending is on or the address is a test's. */
export function mayLeave(config: Config, address: string): boolean {
  return config.mail.smtp && (config.delivery || leadsNowhere(address));
}

/** Whether some mail is kept in the outbox folder instead of being sent. */
export function keepsMail(config: Config): boolean {
  return !(config.mail.smtp && config.delivery);
}

/**
 * Whether the outbox has a page. Kept mail is personal: only a server that listens on this computer alone, under an
 * address of this computer (no proxy publishes it under another), shows it.
 */
export function showsOutbox(config: Config): boolean {
  const { hostname } = new URL(config.url);
  if (config.trustedProxies.length > 0) return false;
  return keepsMail(config) && config.loopback && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
