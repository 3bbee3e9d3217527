const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time that a `from` or `to` names, in milliseconds since 1970; `+15m` counts from `begin`. */
export function readMoment(text: string, begin: Date): number {
  const [, count, unit = ''] = /^\+(\d+)([smhd])$/.exec(text) ?? [];
  if (count === undefined) return Date.parse(text);
  return begin.getTime() + Number(count) * (UNIT_MS[unit] ?? 0);
}
