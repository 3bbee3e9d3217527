import { runProgram } from './commands/index.js';

process.exitCode = await runProgram(process.argv, process.env);
