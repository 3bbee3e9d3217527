import { findOrganisation, type Organisation } from '../src/accounts/index.js';
import { findWhom } from '../src/actions/place/find-whom.js';
import { type SubmissionGround, sealSubmission } from '../src/actions/submit/seal-submission.js';
import {
  MAILS_PER_ADDRESS_AND_DAY,
  SUBMIT_STATEMENT,
  submitParameters,
} from '../src/actions/submit/store-submissions.js';
import type { SubmitRequest } from '../src/actions/submit/submission.js';
import { suggestLetters } from '../src/actions/write/suggest-letters.js';
import { OfficeRoutes } from '../src/delivery/index.js';
import { openLegislatures } from '../src/legislatures/index.js';
import type { Ground } from './ground.js';
import { makeSubmission, type Submission } from './supporter.js';

/** The parameters of the statement for one batch. */
export type PreparedBatch = readonly [submits: string, letters: string];

/** The database alone: the same statement with rows that were made before the clock starts. */
export interface BareSubmits {
  /** Seals so many batches; every person, address and network is a new one. */
  prepare(run: string, size: number, batches: number): readonly PreparedBatch[];
  /** Writes them with so many statements under way; answers in seconds. */
  write(batches: readonly PreparedBatch[], underWay: number): Promise<number>;
}

export async function openBareSubmits(ground: Ground): Promise<BareSubmits> {
  const { context, alert } = ground;
  const organisation = await findOrganisation(context);
  const key = await context.keyring.key(organisation.organisationId, alert.keyId);
  const seal = await openSealer(ground, organisation, { context, organisation, alert, key });
  return {
    prepare: (run, size, batches) =>
      Array.from({ length: batches }, (_, batch) =>
        submitParameters(
          Array.from({ length: size }, (_submit, index) => seal(makeSubmission(run, batch * size + index))),
        ),
      ),
    async write(batches, underWay) {
      const begin = performance.now();
      const left = batches.values();
      const writeOn = async (): Promise<void> => {
        for (const batch of left) {
          const values = [...batch, context.clock.now(), MAILS_PER_ADDRESS_AND_DAY];
          await context.pool.query({ name: 'submit', text: SUBMIT_STATEMENT, values });
        }
      };
      await Promise.all(Array.from({ length: underWay }, writeOn));
      return (performance.now() - begin) / 1000;
    },
  };
}

type Seal = (submission: Submission) => ReturnType<typeof sealSubmission>;

/** Makes the rows that the server makes of the same submission. */
async function openSealer(
  { context, alert }: Ground,
  organisation: Organisation,
  base: Pick<SubmissionGround, 'context' | 'organisation' | 'alert' | 'key'>,
): Promise<Seal> {
  await using legislatures = await openLegislatures(context);
  const whom = findWhom({ context, organisation, legislatures, officeRoutes: new OfficeRoutes() }, alert, {
    postcode: makeSubmission('', 0).postcode,
  });
  const { officeholders, place, divisions, offices } = whom;
  const { whole } = suggestLetters({ alert, organisation, officeholders, place });
  const ground = {
    ...base,
    offices,
    template: (id: string) => whole.get(id) ?? { statement: '', message: '' },
  };
  return ({ key, network, name, email, address, message }) => {
    const request: SubmitRequest = {
      kind: 'by_mail',
      supporter: { name, email, address, place },
      letters: officeholders.map(({ id }) => ({
        officeholderId: id,
        subject: whole.get(id)?.subject ?? '',
        statement: whole.get(id)?.statement ?? '',
        message,
        suffixes: { subject: '', statement: '', message: '' },
      })),
      divisions,
      consent: true,
      language: alert.language,
      idempotencyKey: key,
      network,
    };
    return sealSubmission(ground, request);
  };
}
