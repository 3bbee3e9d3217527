import type { Context } from '../../context.js';
import { isLegislatureMail, openOfficeRoutes } from '../../delivery/index.js';
import { loadLegislatures } from '../../legislatures/index.js';
import { officeSnapshot } from '../place/find-whom.js';

interface Asking {
  readonly organisationId: number;
  /** The id of a legislature: `us-congress`. */
  readonly legislature: string;
}

/** Whether letters of an organisation to a legislature may go by a mail system of the Congress just now. */
export async function goesByCongressMail(
  context: Context,
  { organisationId, legislature }: Asking,
): Promise<boolean> {
  await using opened = await openOfficeRoutes(context);
  await using legislatures = await loadLegislatures(context);
  const people = legislatures.current(legislature)?.officeholders.values() ?? [];
  return [...people].some((person) =>
    opened.officeRoutes.waysTo(organisationId, officeSnapshot(person)).some(isLegislatureMail),
  );
}
