export { refreshActiveOffices } from './active-offices.js';
export { CWC_CHAMBERS, CWC_TEXT_LIMITS } from './chambers.js';
export { checkCwc } from './check-cwc.js';
export type { CwcTimeouts } from './exchange.js';
export { channelKeyCommands } from './key-commands.js';
export { openCwcChannels } from './open-channels.js';
export { type CwcDirectory, openCwcDirectory } from './open-directory.js';
export { type CwcValidator, openCwcValidator } from './validator.js';
