export type { BounceConfig } from './bounces.js';
export { type Config, type MailConfig, makeConfig } from './config.js';
export { type Environment, readEnvironment } from './environment.js';
export { readSecrets, type Secrets } from './secrets.js';
