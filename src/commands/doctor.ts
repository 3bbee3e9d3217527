import type { Command } from 'commander';
import { makeConfig, readEnvironment, readSecrets } from '../config/index.js';
import { sql } from '../database/index.js';
import { checkCwc, checkFonts, checkIntake, checkMail } from '../delivery/index.js';
import type { DoctorFinding } from '../doctor-finding.js';
import { AppError } from '../errors.js';
import { checkGeocoder, endingOf, openLegislatures, type Snapshot } from '../legislatures/index.js';
import { type OpenedContext, openContext } from '../open-context.js';

const MOST_CLOCK_DRIFT_MS = 5000;
const FAILED = 1;

/** `redress doctor`: checks a configuration and says what to mend. Exit code 1 when something is wrong. */
export function doctorCommand(program: Command, variables: NodeJS.ProcessEnv): void {
  program
    .command('doctor')
    .description('check the configuration, and say what to mend')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(variables);
      process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : table(findings));
      if (findings.some(({ ok }) => !ok)) process.exitCode = FAILED;
    });
}

async function examine(variables: NodeJS.ProcessEnv): Promise<DoctorFinding[]> {
  try {
    const environment = readEnvironment(variables);
    readSecrets(environment, makeConfig(environment));
    await using context = await openContext({ variables, role: 'command' });
    const clock = await checkClock(context);
    const configured = { name: 'configuration', ok: true, found: `pages at ${context.config.url}` };
    const key = { name: 'key', ok: true, found: 'opens the sealed data' };
    return [
      configured,
      await checkDatabase(context),
      key,
      clock,
      ...(await checkMail(context)),
      ...(await checkCwc(context)),
      ...(await checkIntake(context)),
      ...(await checkData(context)),
      await checkGeocoder(context),
      ...(await checkFonts(context.config.fontFolders)),
    ];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ name: NAMES[error.code] ?? 'configuration', ok: false, found: error.message }];
  }
}

const NAMES: Readonly<Partial<Record<string, string>>> = {
  unavailable: 'database',
  wrong_key: 'key',
  in_use: 'data folder',
};

async function checkDatabase({ db, config }: OpenedContext): Promise<DoctorFinding> {
  const { rows } = await sql<{ version: string; fsync: string }>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync`.execute(db);
  const found = `PostgreSQL ${rows[0]?.version}, ${config.embedded ? 'embedded' : 'a server'}`;
  if (rows[0]?.fsync === 'on') return { name: 'database', ok: true, found };
  return {
    name: 'database',
    ok: false,
    found: `${found}, fsync is off`,
    mend: 'Set fsync = on, or a power cut loses letters.',
  };
}

async function checkClock({ db }: OpenedContext): Promise<DoctorFinding> {
  const before = Date.now();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const drift = Math.abs((rows[0]?.now.getTime() ?? 0) - (before + Date.now()) / 2);
  const found = `${Math.round(drift)} ms from the database's`;
  if (drift <= MOST_CLOCK_DRIFT_MS) return { name: 'clock', ok: true, found };
  return {
    name: 'clock',
    ok: false,
    found,
    mend: 'Set both machines by NTP; letters would go early or late.',
  };
}

async function checkData(context: OpenedContext): Promise<DoctorFinding[]> {
  await using legislatures = await openLegislatures(context);
  const now = context.clock.now();
  const sets = legislatures.list();
  if (sets.length === 0) {
    return [
      {
        name: 'data',
        ok: false,
        found: 'no legislature',
        mend: 'Import one: redress legislature import us-congress --download',
      },
    ];
  }
  const misfits = legislatures.misfits().map(({ setId, edit }) => ({
    name: 'data',
    ok: true,
    found: `${setId}: edit ${edit.number} does not fit what was imported since`,
    mend: `Look at it: redress legislature edits ${setId}`,
  }));
  return [...sets.map((snapshot) => checkAge(snapshot, now)), ...misfits];
}

function checkAge({ set, validBefore }: Snapshot, now: Date): DoctorFinding {
  const found = `${set.name}: holds until ${set.validUntil ?? 'a day that the source does not say'}`;
  const ending = endingOf(validBefore, now);
  if (ending === undefined) return { name: 'data', ok: true, found };
  const mend = 'Import the next edition: lines, terms and people change on that day.';
  return ending.ended
    ? { name: 'data', ok: false, found: `${found}, which is over`, mend }
    : { name: 'data', ok: true, found: `${found}, in ${ending.days} days`, mend };
}

function table(findings: readonly DoctorFinding[]): string {
  return findings
    .map(({ name, ok, found, mend }) => {
      const line = `${ok ? '✓' : '✗'} ${name.padEnd(14)} ${found}`;
      return mend === undefined ? `${line}\n` : `${line}\n  ${' '.repeat(14)} → ${mend}\n`;
    })
    .join('');
}
