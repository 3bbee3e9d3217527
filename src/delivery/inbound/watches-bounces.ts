import type { Config } from '../../config/index.js';

/** Whether mail that comes back is read here: without it, nobody can say that nothing came back. */
export function watchesBounces({ bounces }: Pick<Config, 'bounces'>): boolean {
  return bounces.port !== undefined || bounces.maildir !== undefined;
}
