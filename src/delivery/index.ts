export { CALL_OUTCOMES, type CallOutcome } from './call-outcomes.js';
export { billTypeName } from './channels/cwc/chambers.js';
export {
  CWC_CHAMBERS,
  CWC_TEXT_LIMITS,
  type CwcDirectory,
  type CwcValidator,
  checkCwc,
  openCwcDirectory,
  openCwcValidator,
  refreshActiveOffices,
} from './channels/cwc/index.js';
export { postTo } from './channels/paper.js';
export { askAgain, recordAnswer } from './chase/ask-again.js';
export { isFollowUpDue } from './chase/follow-up-due.js';
export type { FollowUp } from './chase/follow-ups.js';
export { remindedOfNow, remindOfSilence } from './chase/remind-of-silence.js';
export { writeFollowUp } from './chase/write-follow-up.js';
export { checkMail } from './check-mail.js';
export { deliveryCommands, type OpenContext } from './commands.js';
export { COMPOSER, composeLetter, type LetterParts, oneLine } from './compose-letter.js';
export type { CampaignFacts, ConstituentFacts, ConstituentNeed } from './constituent.js';
export { isLegislatureMail, needsOf, PREFIXES } from './constituent-needs.js';
export { expireLetters, type HandOverWay, handOverLetter, withdrawLetters } from './end-letters.js';
export { type HandOverStep, handOverSteps } from './hand-over-ways.js';
export { applyBounces } from './inbound/apply-bounces.js';
export { checkIntake } from './inbound/check-intake.js';
export { type Intake, startIntake } from './inbound/intake.js';
export {
  forgetInboundMails,
  listNotices,
  type Notice,
  type NoticeKind,
  openNotice,
} from './inbound/notices.js';
export { clearDeadAddress, type DeadAddress, listDeadAddresses } from './inbound/office-address.js';
export { watchesBounces } from './inbound/watches-bounces.js';
export { type Expectation, isCountCapped } from './lanes/expect-letters.js';
export { giveUpOnSilentOffices } from './lanes/give-up.js';
export type { LaneView } from './lanes/lane-views.js';
export { findLateLanes, laneOf } from './lanes/late-lanes.js';
export { measureQueue } from './lanes/measure-queue.js';
export { mendDueTimes } from './lanes/mend-due-times.js';
export { timeOfDay } from './lanes/office-hours.js';
export { fingerprint, type LetterContent, openLetter, sealLetter } from './letter-content.js';
export type { DeliveryView } from './letter-deliveries.js';
export {
  expireHeld,
  expireLettersOfClosedAlerts,
  expireWaiting,
  scrubContents,
  settleAccepted,
} from './letter-lifetimes.js';
export { type ListedLetter, listLetters } from './letter-list.js';
export {
  LETTER_STATES,
  type LetterReason,
  type LetterState,
  type Mover,
  TRANSITIONS,
} from './letter-states.js';
export { type LetterEvent, type LetterView, lettersOfAction } from './letter-views.js';
export { leadsNowhere, plainAddress } from './mail-address.js';
export { keepsMail, mayLeave, showsOutbox } from './may-leave.js';
export { type LetterMove, moveLetters } from './move-letters.js';
export { type ChannelName, channelsOf, chooseChannel, isSending, type OfficeSnapshot } from './office.js';
export { OfficeRoutes } from './office-routes.js';
export { type OpenedRoutes, openOfficeRoutes } from './open-office-routes.js';
export { sweepOutbox } from './outbox-folder.js';
export { checkFonts } from './paper/check-fonts.js';
export type { MissingGlyphs } from './paper/missing-scripts.js';
export { PAPER_FORMATS, type PaperFormat } from './paper/paper-format.js';
export type { PaperLetter } from './paper/paper-letter.js';
export { type Printed, Printer } from './paper/printer.js';
export { printTables } from './print-tables.js';
export { recordCall } from './record-call.js';
export { releaseLetters } from './release-letters.js';
export { readReturnAddress } from './return-address.js';
export { deliveryRoutes } from './routes.js';
export type { DueMail, RenderedMail, RenderMail } from './send-mail.js';
export {
  type Addressee,
  actionsWaitingFor,
  findAddressees,
  type StoppedAction,
  stopLetters,
} from './stop-letters.js';
export { verifyUrl } from './verify-link.js';
export { wakeWorkers } from './wake-workers.js';
export { startWorker, type Worker, type WorkerOptions } from './worker.js';
