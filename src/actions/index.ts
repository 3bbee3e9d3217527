export { actionApiRoutes } from './action-api-routes.js';
export { actionRoutes } from './action-routes.js';
export type { ActionServices } from './action-services.js';

export { confirmationRoutes } from './confirmation-routes.js';
export { countActions } from './count-actions.js';
export { snapshotOf } from './find-whom.js';
export { forgetSupporters } from './forget-supporters.js';
export { PlacePanel } from './place-panel.js';
export { placePanel, placeRoutes } from './place-routes.js';
export { receiptRoutes } from './receipt-routes.js';
export { dropOldQuotas, expireUnconfirmed, remindUnconfirmed } from './remind-and-expire.js';
export { remindOfSteps } from './remind-of-steps.js';
export { mailRenderer } from './render-mail.js';
export { openSubmitDesk, type SubmitDesk } from './submit.js';
