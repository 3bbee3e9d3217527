import type { Context } from '../src/context.js';
import { importSet } from '../src/legislatures/index.js';
import { BarePolygons } from './bare-polygons.js';
import { startProgram } from './forked-program.js';
import { freePort, type Ground } from './ground.js';
import type { Loader } from './loader.js';
import { openLargestSet } from './public-sets.js';
import { printFigure, printRatio, type Round, rate } from './report.js';
import { ServerProcess } from './server-process.js';

const ROUNDS = 5;
const SECONDS = 3;
const POINTS = 5000;
const PATH = '/api/v1/officeholders';

/** What is asked over HTTP, and of which set. */
export interface Lookups {
  readonly setId: string;
  readonly setName: string;
  /** Paths with queries, each of another point. */
  readonly paths: readonly string[];
}

/** Stores the largest set where the servers read it, and makes points all over it. */
export async function prepareLookups(context: Pick<Context, 'db' | 'clock'>): Promise<Lookups> {
  const set = await openLargestSet();
  await importSet(context, { set, files: [], by: 'bench', reason: 'bench' });
  const points = new BarePolygons(set).randomPoints(POINTS);
  return {
    setId: set.id,
    setName: set.name,
    paths: points.map(({ latitude, longitude }) => `${PATH}?country=${set.id}&at=${latitude},${longitude}`),
  };
}

/** Who represents a point, over HTTP, against `node:http` that looks only for the polygon and answers as many bytes. */
export async function measureRepresentHttp(ground: Ground, loader: Loader): Promise<void> {
  const { paths, setName } = await prepareLookups(ground.context);
  await using server = await ServerProcess.start(ground.variables);
  using stack = new DisposableStack();
  const port = await freePort();
  await startProgram(stack, './bare-lookups.js', { args: [`${server.url}${paths[0]}`, String(port)] });
  const perSecond = async (url: string): Promise<number> => {
    const { answers, seconds } = await loader.run({ kind: 'lookups', url, paths, seconds: SECONDS });
    return answers / seconds;
  };
  const measure = async (): Promise<Round> => ({
    ours: await perSecond(server.url),
    bare: await perSecond(`http://127.0.0.1:${port}`),
  });
  await measure();
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push(await measure());
  printRatio({ name: 'represent-over-http', goal: 0.7, rounds });
  printFigure(
    `${rate(rounds, 'ours')} from 64 connections, ${rate(rounds, 'bare')} by node:http and the libraries`,
  );
  printFigure(`in ${setName}, ${paths.length} points`);
}
