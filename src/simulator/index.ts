export type { AnswerEvent, Received } from './record/received.js';
export { readScript } from './script/read-script.js';
export { registerSimulate } from './simulate-command.js';
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator.js';
