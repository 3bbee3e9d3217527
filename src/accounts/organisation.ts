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

/** Makes the organisation, or, given its number, changes it. */
export async function setOrganisation(
  context: Context,
  details: Omit<Organisation, 'organisationId'> & { readonly organisationId?: number },
): Promise<Organisation> {
  const { organisationId, slug, name, language, contactEmail, postalAddress } = details;
  const now = context.clock.now();
  const statement =
    organisationId === undefined
      ? sql<Organisation>`
          insert into organisation (slug, name, language, contact_email, postal_address, created_at)
          values (${slug}, ${name}, ${language}, ${contactEmail}, ${postalAddress}, ${now}) returning ${COLUMNS}`
      : sql<Organisation>`
          update organisation set slug = ${slug}, name = ${name}, language = ${language},
            contact_email = ${contactEmail}, postal_address = ${postalAddress}
          where organisation_id = ${organisationId} returning ${COLUMNS}`;
  const { rows } = await statement.execute(context.db);
  const [organisation] = rows;
  if (organisation === undefined)
    throw new AppError('internal', { detail: 'the organisation was not written' });
  return organisation;
}
