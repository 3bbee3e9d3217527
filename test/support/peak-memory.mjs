import { readFileSync, writeFileSync } from 'node:fs';

const LINUX = process.platform === 'linux';
/** As proc(5) has it: the peak is the present size again. */
const FORGET_PEAK = '5';

/** A process begins with the peak of the one that started it; what is its own, only Linux tells. */
export function peakKilobytes() {
  const own = LINUX && /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return own ? Number(own[1]) : process.resourceUsage().maxRSS;
}

export function forgetPeak() {
  if (LINUX) writeFileSync('/proc/self/clear_refs', FORGET_PEAK);
}
