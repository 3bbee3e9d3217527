import type { Config, CwcSystem } from '../../../config/index.js';

/** An address with the organisation's key in its query; it must never be logged. */
export function withKey(address: string, key: string): URL {
  const url = new URL(address);
  url.searchParams.set('apikey', key);
  return url;
}

/** Whether a system may be asked anything: it is on this machine, or the operator switched sending on. */
export function mayAsk({ delivery }: Pick<Config, 'delivery'>, { loopback }: CwcSystem): boolean {
  return delivery || loopback;
}

/** Of this installation, for the other side's log. */
export function userAgent({ url }: Pick<Config, 'url'>): string {
  return `Redress (+${url})`;
}
