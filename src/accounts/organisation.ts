import type { Context } from '../context.js';
import { sql } from '../database/index.js';
import { AppError } from '../errors.js';

/** Who publishes alerts, and answers for the letters sent. */
export interface Organisation {
  /** Also the short id in tokens and bounce addresses. */
  readonly organisationId: number;
  readonly slug: string;
  readonly name: string;
  readonly language: string;
  readonly contactEmail: string;
  /** Lines separated by line feeds. */
  readonly postalAddress: string;
}

const COLUMNS = sql`organisation_id as "organisationId", slug, name, language,
  contact_email as "contactEmail", postal_address as "postalAddress"`;

/**
 * The organisation whose pages this server shows: the first, while one installation serves one organisation.
 * @throws AppError `not_found` on an installation without any.
 */
export async function findOrganisation(context: Context): Promise<Organisation> {
  const organisation = await findOrganisationIfAny(context);
  if (organisation !== undefined) return organisation;
  throw new AppError('not_found', {
    detail:
      'There is no organisation yet. Make one: redress organisation set --name NAME --contact ADDRESS --address TEXT',
  });
}

/** The same, where there may be none yet. */
export async function findOrganisationIfAny(context: Context): Promise<Organisation | undefined> {
  const { rows } = await sql<Organisation>`
    select ${COLUMNS} from organisation order by organisation_id limit 1`.execute(context.db);
  return rows[0];
}

/** Makes the organisation, or changes the details that are given. */
export async function setOrganisation(
  context: Context,
  details: Omit<Organisation, 'organisationId'>,
): Promise<Organisation> {
  const { slug, name, language, contactEmail, postalAddress } = details;
  const { rows } = await sql<Organisation>`
    insert into organisation (slug, name, language, contact_email, postal_address, created_at)
    values (${slug}, ${name}, ${language}, ${contactEmail}, ${postalAddress}, ${context.clock.now()})
    on conflict (slug) do update set name = excluded.name, language = excluded.language,
      contact_email = excluded.contact_email, postal_address = excluded.postal_address
    returning ${COLUMNS}`.execute(context.db);
  const [organisation] = rows;
  if (organisation === undefined)
    throw new AppError('internal', { detail: 'the organisation was not written' });
  return organisation;
}
