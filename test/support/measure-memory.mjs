// Loaded before a program: writes how much memory it took at most as the last line of its error output.
import { readFileSync } from 'node:fs';

/** A process begins with the peak of the one that started it; what is its own, only Linux tells. */
export function peakKilobytes() {
  const own =
    process.platform === 'linux' && /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return own ? Number(own[1]) : process.resourceUsage().maxRSS;
}

process.on('exit', () => {
  process.stderr.write(`\n${JSON.stringify({ peakKilobytes: peakKilobytes() })}\n`);
});
