import { readFile } from 'node:fs/promises';

/**
 * The most memory that a process ever had, in MB; `undefined` where there is no /proc. `maxRSS` would not do: a
 * process begins with that of the one that started it.
 */
export async function peakMemory(process: number | 'self'): Promise<number | undefined> {
  const status = await readFile(`/proc/${process}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
