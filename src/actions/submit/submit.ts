import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { checkRequest } from './check-request.js';
import { openMailWeather } from './mail-weather.js';
import { NetworkCounts } from './network-counts.js';
import { checkSolution } from './proof-of-work.js';
import { type SubmissionGround, sealSubmission } from './seal-submission.js';
import { findStored, openSubmissions, type SubmissionBatcher } from './store-submissions.js';
import type { ActionKind, StoredSubmission, SubmissionRows, SubmitRequest } from './submission.js';

/** What the submits of one process share. */
export interface SubmitDesk extends AsyncDisposable {
  readonly batcher: SubmissionBatcher;
  readonly networks: NetworkCounts;
  readonly weather: ReturnType<typeof openMailWeather>;
}

/** What a supporter is told. It is the same for an address that is known and one that is not. */
export interface SubmitOutcome {
  readonly actionId: string;
  readonly kind: ActionKind;
  /** When the mail can go, if not at once. */
  readonly mailLaterAt: Date | undefined;
}

/** Opens what submits need; disposing waits until everything taken is durable. */
export function openSubmitDesk(context: Context): SubmitDesk {
  const batcher = openSubmissions(context);
  return {
    batcher,
    networks: new NetworkCounts(context.config.actionsPerNetworkAndHour),
    weather: openMailWeather(context),
    [Symbol.asyncDispose]: () => batcher.drain(),
  };
}

interface Submit {
  readonly ground: SubmissionGround;
  readonly request: SubmitRequest;
  /** The most officeholders of one action. */
  readonly most: number;
  /** An altcha solution, where the form was given a challenge. */
  readonly solution: string | undefined;
}

/**
 * Takes a submit: checks it, composes and seals its letters, and answers when all of it is durable.
 * @throws AppError `invalid_input` with every field that is wrong; `proof_needed`, `rate_limited`, `overloaded`,
 *   `unavailable`; `idempotency_mismatch` when the key was used with another content.
 */
export async function submitAction(desk: SubmitDesk, submit: Submit): Promise<SubmitOutcome> {
  const { ground, request, most } = submit;
  const { context } = ground;
  const problems = checkRequest(request, { offices: ground.offices, most });
  if (problems.length > 0) throw new AppError('invalid_input', { fields: problems });
  const weather = await desk.weather.now();
  const rows = sealSubmission(ground, request);
  const stored = await store(desk, { submit, rows, proofNeeded: weather.proofNeeded });
  context.metrics.submissions.inc({ result: stored.isNew ? 'taken' : 'repeated' });
  if (stored.contentTag !== rows.action.content_tag) throw new AppError('idempotency_mismatch');
  return { actionId: stored.actionId, kind: request.kind, mailLaterAt: weather.laterAt };
}

interface Storing {
  readonly submit: Submit;
  readonly rows: SubmissionRows;
  readonly proofNeeded: boolean;
}

async function store(desk: SubmitDesk, { submit, rows, proofNeeded }: Storing): Promise<StoredSubmission> {
  const { ground, request, solution = '' } = submit;
  const { context } = ground;
  const now = context.clock.now();
  try {
    if (proofNeeded && !(await checkSolution(context, request.idempotencyKey, solution))) {
      throw new AppError('proof_needed');
    }
    desk.networks.take(rows.networkTag, now);
  } catch (refusal) {
    // Whoever lost the answer and asks again gets it again, however full it has become.
    const stored = await findStored(context.pool, rows);
    if (stored === undefined) throw refusal;
    return stored;
  }
  const stored = await desk.batcher.submit({ rows, now }).finally(desk.weather.begin());
  desk.networks.learn(rows.networkTag, stored.networkActions);
  return stored;
}
