import type { FastifyInstance } from 'fastify';
import { findAlertById } from '../alerts/index.js';
import { type Database, sql } from '../database/index.js';
import { answerPage } from '../design/index.js';
import { AppError } from '../errors.js';
import { language } from '../language/index.js';
import { LetterVerifyPage } from './letter-verify-page.js';
import type { OfficeSnapshot } from './office.js';
import type { DeliveryServices } from './outbox-routes.js';
import { type LetterName, readVerifyToken } from './verify-link.js';

interface VerifyRoute {
  Params: { token: string };
}

/** What an office may know of a letter: no person, no text. */
interface VerifiedLetter {
  readonly alertId: string;
  readonly office: OfficeSnapshot;
  readonly language: string;
  readonly sha256: string;
  readonly confirmedAt: Date | null;
  readonly disavowed: boolean;
  readonly withdrawn: boolean;
}

/** The page on which an office checks that a letter is genuine. */
export function letterVerifyRoutes(app: FastifyInstance, { context, site }: DeliveryServices): void {
  app.get<VerifyRoute>('/letters/:token', async (request, reply) => {
    const name = readVerifyToken(context, request.params.token);
    const letter = name && (await findVerified(context.db, name));
    if (name === undefined || letter === undefined) throw new AppError('not_found');
    const alert = await findAlertById(context, {
      organisationId: name.organisationId,
      alertId: letter.alertId,
    });
    if (alert === undefined) throw new AppError('not_found');
    const { title, name: holder, chamber } = letter.office;
    const page = (
      <LetterVerifyPage
        language={language(letter.language)}
        site={site()}
        office={[`${title} ${holder}`.trim(), chamber.name].filter(Boolean).join(', ')}
        alert={{ headline: alert.content.headline, address: `/alerts/${alert.slug}` }}
        confirmedAt={letter.confirmedAt ?? undefined}
        sha256={letter.sha256}
        disavowed={letter.disavowed}
        withdrawn={letter.withdrawn}
      />
    );
    return answerPage(reply, page);
  });
}

async function findVerified(
  db: Database,
  { organisationId, letterId }: LetterName,
): Promise<VerifiedLetter | undefined> {
  const { rows } = await sql<VerifiedLetter>`
    select l.alert_id as "alertId", l.office, a.language, encode(l.sha256, 'hex') as sha256,
      min(e.at) filter (where e.from_state = 'held' and e.reason in ('confirmed', 'sending_off')) as "confirmedAt",
      coalesce(bool_or(e.reason = 'not_me'), false) as disavowed,
      coalesce(bool_or(e.reason = 'withdrawn'), false) as withdrawn
    from letter l
    join action a using (organisation_id, action_id)
    left join letter_event e using (organisation_id, letter_id)
    where l.organisation_id = ${organisationId} and l.letter_id = ${letterId}
    group by l.organisation_id, l.letter_id, a.language`.execute(db);
  return rows[0];
}
