import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { type DecisionOptions, readDecision, takesDecision } from '../staff/decision.js';
import {
  findLane,
  type LaneChange,
  laneOfChannel,
  pauseLane,
  resumeLane,
  setHours,
  setPace,
} from './change-lanes.js';
import { listLaneEvents } from './lane-events.js';
import { laneLines } from './lane-lines.js';
import { type HoursGiven, readHours, readPerHour, readTime } from './lane-options.js';
import { viewLanes } from './lane-views.js';
import { hoursWords } from './office-hours.js';

const JSON_INDENT = 2;
const MOST_EVENTS = 100;

type Open = () => Promise<Context>;

/** Registers `redress queue` with `log`, `pause`, `resume`, `pace` and `hours`. */
export function laneCommands(program: Command, open: Open): void {
  const queue = program
    .command('queue')
    .description('the queues of letters to offices, the longest first')
    .option('--all', 'every office that ever had a letter', false)
    .option('--json', 'as JSON', false)
    .action(async ({ all, json }: { all: boolean; json: boolean }) => {
      await using context = await open();
      const lanes = await viewLanes(context, { all });
      const now = context.clock.now();
      const text = lanes.map((lane) => laneLines(lane, now)).join('\n') || 'No letter is queued.';
      print(json ? JSON.stringify(lanes, undefined, JSON_INDENT) : text);
    });
  addLog(queue, open);
  addPause(queue, open);
  addResume(queue, open);
  addPace(queue, open);
  addHours(queue, open);
}

function addLog(queue: Command, open: Open): void {
  queue
    .command('log [lane]')
    .description(`what staff and the breaker did, newest first; the last ${MOST_EVENTS}`)
    .option('--json', 'as JSON', false)
    .action(async (named: string | undefined, { json }: { json: boolean }) => {
      await using context = await open();
      const lane = named === undefined ? undefined : await findLane(context.db, named);
      const events = await listLaneEvents(context.db, { lane, most: MOST_EVENTS });
      const text = events
        .map(
          (event) => `${event.at.toISOString()}  ${event.lane}  ${event.what}  ${event.by}  ${event.reason}`,
        )
        .join('\n');
      print(json ? JSON.stringify(events, undefined, JSON_INDENT) : text || 'Nothing happened yet.');
    });
}

interface PauseOptions extends DecisionOptions {
  readonly channel?: string;
}

function addPause(queue: Command, open: Open): void {
  const pause = queue
    .command('pause [lane]')
    .description('send nothing more to an office, or by a whole channel; what is being sent now still goes')
    .option('--channel <channel>', 'all offices that are reached so: smtp, cwc_house or cwc_senate');
  takesDecision(pause).action(async (lane: string | undefined, options: PauseOptions) => {
    await using context = await open();
    const change = await changeOf(context, lane, options);
    const paused = await pauseLane(context.db, change);
    print(paused ? `Paused ${change.lane}. Its letters wait.` : `${change.lane} was paused before.`);
  });
}

function addResume(queue: Command, open: Open): void {
  const resume = queue
    .command('resume [lane]')
    .description('send to an office again, or by a whole channel')
    .option('--channel <channel>', 'what was paused as a channel');
  takesDecision(resume).action(async (lane: string | undefined, options: PauseOptions) => {
    await using context = await open();
    const change = await changeOf(context, lane, options);
    const resumed = await resumeLane(context.db, change);
    print(resumed ? `${change.lane} goes on.` : `${change.lane} was not paused.`);
  });
}

function addPace(queue: Command, open: Open): void {
  const pace = queue
    .command('pace <lane>')
    .description('how many letters an hour an office gets')
    .requiredOption('--per-hour <n>', 'a number, or "default"', readPerHour);
  takesDecision(pace).action(
    async (lane: string, options: DecisionOptions & { perHour: number | 'default' }) => {
      await using context = await open();
      const change = await changeOf(context, lane, options);
      const perHour = options.perHour === 'default' ? undefined : options.perHour;
      await setPace(context.db, { ...change, lettersPerHour: perHour });
      print(`${change.lane} gets ${perHour ?? 'as many as its channel says'} an hour.`);
    },
  );
}

function addHours(queue: Command, open: Open): void {
  const hours = queue
    .command('hours <lane>')
    .description('at which hours of its own day an office gets letters')
    .option('--from <time>', 'like 09:00', readTime)
    .option('--to <time>', 'like 17:00; an earlier time than --from lies on the next day', readTime)
    .option('--time-zone <zone>', 'the office’s, like America/New_York')
    .option('--weekdays', 'nothing on Saturdays and Sundays there', false)
    .option('--always', 'at all hours again', false);
  takesDecision(hours).action(async (lane: string, options: DecisionOptions & HoursGiven) => {
    const wanted = readHours(options);
    await using context = await open();
    const change = await changeOf(context, lane, options);
    await setHours(context.db, { ...change, hours: wanted });
    print(`${change.lane} gets letters ${wanted === undefined ? 'at all hours' : hoursWords(wanted)}.`);
  });
}

async function changeOf(
  { db, clock }: Context,
  lane: string | undefined,
  options: PauseOptions,
): Promise<LaneChange> {
  const decision = readDecision(options);
  if ((lane === undefined) === (options.channel === undefined))
    throw new AppError('invalid_input', {
      detail: 'Name one lane, as redress queue prints it, or --channel smtp, cwc_house or cwc_senate.',
    });
  const name =
    options.channel === undefined ? await findLane(db, lane ?? '') : laneOfChannel(options.channel);
  return { ...decision, lane: name, at: clock.now() };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
