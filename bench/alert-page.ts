import { startProgram } from './forked-program.js';
import { freePort, type Ground } from './ground.js';
import type { Loader } from './loader.js';
import { weighPage } from './page-size.js';
import { printFigure, printRatio, type Round, rate } from './report.js';
import { ServerProcess } from './server-process.js';

const ROUNDS = 5;
const SECONDS = 3;

/** The alert's page against `node:http` that answers the same bytes with the same headers; and the page's size. */
export async function measureAlertPage(ground: Ground, loader: Loader): Promise<void> {
  await using server = await ServerProcess.start(ground.variables);
  using stack = new DisposableStack();
  const ours = `${server.url}/alerts/${ground.alert.slug}`;
  const port = await freePort();
  await startProgram(stack, './bare-http.js', { args: [ours, String(port)] });
  const bare = `http://127.0.0.1:${port}/`;
  const measure = async (): Promise<Round> => ({
    ours: await pagesPerSecond(loader, ours),
    bare: await pagesPerSecond(loader, bare),
  });
  await measure();
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push(await measure());
  printRatio({ name: 'alert-page', goal: 0.7, rounds });
  printFigure(`${rate(rounds, 'ours')} from 64 connections, ${rate(rounds, 'bare')} by node:http alone`);
  printFigure(await weighPage(ours));
}

async function pagesPerSecond(loader: Loader, url: string): Promise<number> {
  const { answers, seconds } = await loader.run({ kind: 'page', url, seconds: SECONDS });
  return answers / seconds;
}
