export { runUpkeepOnce, startUpkeep } from './run-upkeep.js';
