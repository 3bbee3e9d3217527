export type * from './alert-content.js';
export { POSITIONS } from './alert-content.js';
export { type AlertServices, alertRoutes } from './alert-routes.js';
export { type Alert, picturePath } from './alert-shelf.js';
export type { AlertState, CloseReason } from './alert-states.js';
export { closeAlert, closeEndedAlerts, publishAlert } from './change-state.js';
export { closingTime } from './closing-time.js';
export { alertCommands } from './commands.js';
export { BILL_TYPES, type Bill, type BillType, billOf } from './congress/bill.js';
export { CONGRESS_TOPICS, type CongressTopic } from './congress/topics.js';
export { loadDemoAlerts } from './demo/load-demo-alerts.js';
export { type AlertFile, openAlertFile } from './file/alert-file.js';
export { type ReadAlert, readAlertFile } from './file/read-alert-file.js';
export { findAlertById } from './find-alert-by-id.js';
export { findAlert, findPicture, isOpen, type ListedAlert, listAlerts, listOpenAsks } from './find-alerts.js';
export { type ImportRequest, importAlert } from './import-alert.js';
export {
  type Addressee,
  type Constituent,
  letterFor,
  positionOf,
  type SuggestedLetter,
  templateFor,
} from './letter/letter-for.js';
export { takeText } from './letter/letter-text.js';
export { PLACEHOLDERS, type Placeholder, type TemplateValues } from './letter/placeholders.js';
export { renderTemplate } from './letter/template.js';
export { renderReport } from './report/report-html.js';
export type { SavedAlert, SaveRequest } from './save-alert.js';
export type { AlertName, StoredAlert } from './stored-alert.js';
