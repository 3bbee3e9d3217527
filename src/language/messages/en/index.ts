import { actionAnswers } from './action-answers.js';
import { actions } from './actions.js';
import { alerts } from './alerts.js';
import { browse } from './browse.js';
import { constituent } from './constituent.js';
import { delivery } from './delivery.js';
import { design } from './design.js';
import { errors } from './errors.js';
import { handOver } from './hand-over.js';
import { legislatures } from './legislatures.js';
import { officeReport } from './office-report.js';
import { receipt } from './receipt.js';
import { simulator } from './simulator.js';

/** The English catalogue; its keys are the keys of every other. ICU MessageFormat. */
export const english = {
  ...errors,
  ...design,
  ...legislatures,
  ...alerts,
  ...actions,
  ...actionAnswers,
  ...handOver,
  ...constituent,
  ...browse,
  ...delivery,
  ...receipt,
  ...officeReport,
  ...simulator,
} as const;
