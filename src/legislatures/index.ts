export { legislatureCommands } from './commands.js';
export { demoSet, loadDemoLegislature } from './demo/demo-set.js';
export { type DivisionChoice, findDivisions, listDivisions } from './divisions.js';
export type { PlaceQuery } from './find-representation.js';
export { type Legislatures, openLegislatures, type SetDescription } from './legislatures.js';
export type {
  Chamber,
  ChamberRole,
  Division,
  DivisionId,
  LegislatureSet,
  Office,
  Officeholder,
  Seat,
} from './model.js';
export { officeholderRoutes } from './officeholder-routes.js';
export type { Coordinates } from './places/place-index.js';
export { type Place, represent } from './represent.js';
export type { Representation, RepresentationWarning } from './representation.js';
export { importSet } from './set-store.js';
export { buildSnapshot, type SeatedOfficeholder, type Snapshot } from './snapshot.js';
