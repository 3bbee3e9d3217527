import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { onDatabase, publishIn } from './support/acknowledged.js';
import { Program } from './support/program.js';
import { openSmtpSink, type SmtpSink } from './support/smtp-sink.js';
import { confirmPath, POSTCODE } from './support/supporter.js';
import { boxesOf, encodeForm, fieldsOf } from './support/test-server.js';
import { figure, quantile, sized, TRIAL } from './support/trial.js';

const ACTIONS = sized(80, 10_000);
const ACTIONS_PER_SECOND = 10_000 / 600;
const SLOWEST_P95_MS = sized(3000, 300);
const MOST_RSS_MB = 512;
const MOST_GROWTH = 0.05;
const SAMPLE_MS = 500;
const KB_PER_MB = 1024;
const DRAIN_LIMIT_MS = 30_000;
const TEST_LIMIT_MS = TRIAL ? 900_000 : 60_000;

interface Timed {
  readonly step: string;
  readonly status: number;
  readonly milliseconds: number;
}

test(`R22: ${ACTIONS} people read, write and confirm, ${Math.round(ACTIONS_PER_SECOND)} a second`, {
  timeout: TEST_LIMIT_MS,
}, async () => {
  await using sink = await openSmtpSink();
  await using program = await Program.make({
    variables: {
      SMTP_URL: sink.url,
      REDRESS_MAIL_FROM: 'letters@redress.example',
      REDRESS_MAIL_BUDGET: '1000000',
      REDRESS_NETWORK_CAP: '1000000',
    },
  });
  await program.start();
  await publishIn(program);
  const timed: Timed[] = [];
  const memory = watchMemory(program.pid);
  const confirming = confirmAll(program, sink, timed);
  const acting: Promise<void>[] = [];
  const begin = performance.now();
  for (let person = 0; person < ACTIONS; person += 1) {
    await sleep(Math.max(0, begin + (person * 1000) / ACTIONS_PER_SECOND - performance.now()));
    acting.push(act(program, person, timed));
  }
  await Promise.all(acting);
  const confirmed = await confirming.stop();
  const rss = memory.stop();
  for (const [step, each] of Map.groupBy(timed, (one) => one.step)) {
    const all = each.map(({ milliseconds }) => milliseconds);
    figure(`load, ${step}`, {
      requests: all.length,
      'p50 ms': Math.round(quantile(all, 0.5)),
      'p95 ms': Math.round(quantile(all, 0.95)),
      'p99 ms': Math.round(quantile(all, 0.99)),
    });
  }
  const [settled, last] = [
    median(rss.slice(rss.length / 3, rss.length / 2)),
    median(rss.slice(-rss.length / 6)),
  ];
  figure('load, memory of the program', {
    'most MB': Math.round(Math.max(0, ...rss)),
    'in the middle MB': Math.round(settled),
    'at the end MB': Math.round(last),
    'mails sent': confirmed.mails,
  });
  const states = await onDatabase(program, (client) =>
    client.query<{ state: string; n: number }>('select state, count(*)::int as n from action group by state'),
  );
  expect(timed.filter(({ status }) => status >= 400)).toEqual([]);
  expect(states.rows).toEqual([{ state: 'confirmed', n: ACTIONS }]);
  const everything = timed.map(({ milliseconds }) => milliseconds);
  expect(quantile(everything, 0.95)).toBeLessThanOrEqual(SLOWEST_P95_MS);
  expect(Math.max(0, ...rss)).toBeLessThanOrEqual(MOST_RSS_MB);
  if (TRIAL) expect(last / settled - 1).toBeLessThanOrEqual(MOST_GROWTH);
});

async function act(program: Program, person: number, timed: Timed[]): Promise<void> {
  await ask(program, { step: 'alert', path: '/alerts/lamp' }, timed);
  const html = await ask(
    program,
    { step: 'place', path: '/alerts/lamp/place', form: { postcode: POSTCODE } },
    timed,
  );
  const form = {
    ...fieldsOf(html),
    to: boxesOf(html, 'to'),
    name: `Ada Quill ${person}`,
    email: `person-${person}@people.example`,
    message: `I row past it every morning, and I have done so for ${person} days.`,
    consent: 'yes',
  };
  await ask(program, { step: 'submit', path: '/alerts/lamp/actions', form }, timed);
}

interface Asked {
  readonly step: string;
  readonly path: string;
  readonly form?: Parameters<typeof encodeForm>[0];
}

async function ask(program: Program, { step, path, form }: Asked, timed: Timed[]): Promise<string> {
  const begin = performance.now();
  const answer = await fetch(program.url + path, {
    headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
    ...(form !== undefined && { method: 'POST', body: encodeForm(form) }),
  });
  const html = await answer.text();
  timed.push({ step, status: answer.status, milliseconds: performance.now() - begin });
  return html;
}

/** Everybody confirms as soon as the mail is there; mails that were read are dropped, so that this process stays small. */
function confirmAll(program: Program, sink: SmtpSink, timed: Timed[]) {
  let mails = 0;
  let confirmed = 0;
  let stopping = false;
  const work = async (): Promise<void> => {
    const end = () => stopping && confirmed >= ACTIONS && sink.received.length === 0;
    let deadline = Number.POSITIVE_INFINITY;
    while (!end() && performance.now() < deadline) {
      if (stopping && deadline === Number.POSITIVE_INFINITY) deadline = performance.now() + DRAIN_LIMIT_MS;
      for (const { raw, to } of sink.received.splice(0)) {
        mails += 1;
        if (!to[0]?.endsWith('@people.example')) continue;
        const path = confirmPath((await PostalMime.parse(raw)).text ?? '');
        if (path === undefined) continue;
        await ask(program, { step: 'look', path }, timed);
        await ask(program, { step: 'confirm', path, form: {} }, timed);
        confirmed += 1;
      }
      await sleep(20);
    }
  };
  const working = work();
  return {
    async stop() {
      stopping = true;
      await working;
      return { mails, confirmed };
    },
  };
}

/** The resident memory of a process, in MB, sampled until it is stopped. */
function watchMemory(pid: number) {
  const samples: number[] = [];
  // Elsewhere than on Linux nothing is sampled, and the figure is 0.
  const sample = (): void => {
    if (process.platform !== 'linux') return;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    samples.push(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / KB_PER_MB);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  sample();
  return {
    stop(): readonly number[] {
      clearInterval(timer);
      return samples;
    },
  };
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
