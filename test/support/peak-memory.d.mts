/** How much memory this process has taken at most, since the peak was forgotten where it was. */
export function peakKilobytes(): number;

/** Only on Linux; elsewhere a peak stays for as long as the process lives. */
export function forgetPeak(): void;
