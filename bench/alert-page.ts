import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort, type Ground } from './ground.js';
import type { Loader } from './loader.js';
import { printFigure, printRatio, type Round, rate } from './report.js';
import type { ServerProcess } from './server-process.js';

const BARE_PROGRAM = fileURLToPath(new URL('./bare-http.js', import.meta.url));
const ROUNDS = 5;
const SECONDS = 3;

/** The alert's page against `node:http` that answers the same bytes with the same headers. */
export async function measureAlertPage(ground: Ground, server: ServerProcess, loader: Loader): Promise<void> {
  const ours = `${server.url}/alerts/${ground.alert.slug}`;
  const port = await freePort();
  const child = fork(BARE_PROGRAM, [ours, String(port)]);
  try {
    await once(child, 'message');
    const bare = `http://127.0.0.1:${port}/`;
    const rates = async (): Promise<Round> => ({
      ours: await pagesPerSecond(loader, ours),
      bare: await pagesPerSecond(loader, bare),
    });
    await rates();
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS) rounds.push(await rates());
    printRatio({ name: 'alert-page', goal: 0.7, rounds });
    printFigure(`${rate(rounds, 'ours')} from 64 connections, ${rate(rounds, 'bare')} by node:http alone`);
  } finally {
    child.kill();
  }
}

async function pagesPerSecond(loader: Loader, url: string): Promise<number> {
  const { answers, seconds } = await loader.run({ kind: 'page', url, seconds: SECONDS });
  return answers / seconds;
}
