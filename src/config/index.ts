export type { BounceConfig } from './bounces.js';
export type { ClosedHours } from './closed-hours.js';
export { type Config, type MailConfig, makeConfig } from './config.js';
export type { BillNaming, CwcAgent, CwcMode, CwcSystem } from './cwc.js';
export { type Environment, readEnvironment } from './environment.js';
export { readSecrets, type Secrets } from './secrets.js';
