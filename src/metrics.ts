import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const REQUEST_BUCKETS_SECONDS = [0.005, 0.02, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 10];
const BATCH_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200];

/** What Prometheus may read: counts and times by a few fixed labels, never by person, place or address. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly submissions: Counter<'result'>;
  readonly submissionsWaiting: Gauge;
  readonly submissionBatchSize: Histogram;
  readonly deliveries: Counter<'what' | 'outcome'>;
  readonly inboundMails: Counter<'kind'>;
  readonly lettersQueued: Gauge<'channel'>;
  readonly oldestLetterSeconds: Gauge<'channel'>;
  readonly breakersOpen: Gauge<'channel'>;
  readonly officesPaused: Gauge<'channel'>;
}

/** Makes the metrics of one process. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'redress_http_request_seconds',
      help: 'Time to answer, by route pattern.',
      labelNames: ['method', 'route', 'status'],
      buckets: REQUEST_BUCKETS_SECONDS,
      registers,
    }),
    submissions: new Counter({
      name: 'redress_submissions_total',
      help: 'Submits taken, repeated, and refused.',
      labelNames: ['result'],
      registers,
    }),
    submissionsWaiting: new Gauge({
      name: 'redress_submissions_waiting',
      help: 'Submits that were left waiting when the last batch began.',
      registers,
    }),
    submissionBatchSize: new Histogram({
      name: 'redress_submission_batch_size',
      help: 'Submits written by one statement.',
      buckets: BATCH_BUCKETS,
      registers,
    }),
    deliveries: new Counter({
      name: 'redress_deliveries_total',
      help: 'Tries to send letters and mails, by what came of them.',
      labelNames: ['what', 'outcome'],
      registers,
    }),
    ...queueGauges(registers),
    inboundMails: new Counter({
      name: 'redress_inbound_mails_total',
      help: 'Mails that came back, by what they say, or why they were not taken.',
      labelNames: ['kind'],
      registers,
    }),
  };
}

function queueGauges(registers: Registry[]) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['channel'] as const, registers });
  return {
    lettersQueued: gauge('redress_letters_queued', 'Letters that wait to be sent.'),
    oldestLetterSeconds: gauge(
      'redress_oldest_letter_seconds',
      'How long the oldest of the letters that are next to their offices has waited since it was confirmed.',
    ),
    breakersOpen: gauge(
      'redress_breakers_open',
      'Offices that do not answer: one letter is tried at a time.',
    ),
    officesPaused: gauge('redress_offices_paused', 'Offices, or whole channels, that staff paused.'),
  };
}
