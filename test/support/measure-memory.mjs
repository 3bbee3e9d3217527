// Loaded before a program: writes how much memory it took at most as the last line of its error output.
import { peakKilobytes } from './peak-memory.mjs';

process.on('exit', () => {
  process.stderr.write(`\n${JSON.stringify({ peakKilobytes: peakKilobytes() })}\n`);
});
