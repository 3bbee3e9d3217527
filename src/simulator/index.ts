export type { AnswerEvent, Received } from './record/received.js';
export { readScript } from './script/read-script.js';
export {
  type Simulator,
  type SimulatorOptions,
  type SimulatorRecords,
  startSimulator,
} from './simulator.js';
