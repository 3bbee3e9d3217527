import { sql } from '../database/index.js';

/**
 * True for a `letter l` beside which another letter of the same person to the same officeholder on the same alert
 * lives already: there can be only one (index `letter_one_live`).
 */
export const hasLiveTwin = sql<boolean>`exists (
  select from letter o
  where o.organisation_id = l.organisation_id and o.alert_id = l.alert_id and o.person_tag = l.person_tag
    and o.officeholder_id = l.officeholder_id and o.letter_id <> l.letter_id
    and o.state in ('queued', 'sending', 'accepted', 'settled', 'unclear', 'waiting', 'rehearsed', 'handed_over'))`;
