export type { BounceConfig } from './bounces.js';
export type { ClosedHours } from './closed-hours.js';
export { type Config, DEFAULT_MAILS_PER_OFFICE_AND_HOUR, type MailConfig, makeConfig } from './config.js';
export type { BillNaming, CwcAgent, CwcMode, CwcSystem } from './cwc.js';
export { type Environment, readEnvironment } from './environment.js';
export { readSecrets, type Secrets } from './secrets.js';
