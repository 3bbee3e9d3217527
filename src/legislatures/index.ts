export { endingOf, warnOfEndings } from './age.js';
export { legislatureCommands } from './commands.js';
export { demoSet, loadDemoLegislature } from './demo/demo-set.js';
export { type DivisionChoice, findDivisions, listDivisions } from './divisions.js';
export { type PlaceQuery, parsePlace } from './find-representation.js';
export { checkGeocoder } from './geocoding/check-geocoder.js';
export { chooseMatch, type MatchChoice } from './geocoding/choose-match.js';
export type { AddressMatch, Geocoder, GeocodingOutcome } from './geocoding/geocoder.js';
export { openGeocoder } from './geocoding/open-geocoder.js';
export {
  type Legislatures,
  loadLegislatures,
  openLegislatures,
  type SetDescription,
} from './legislatures.js';
export { hasLeft, type LettersUnderWay } from './letters-of-holders.js';
export { drawOverview, drawSurroundings, type MapPicture } from './map/draw-map.js';
export { nameOfDivision, viewMap } from './map/view-map.js';
export type {
  Boundary,
  Chamber,
  ChamberRole,
  Committee,
  CommitteeMember,
  ContactFormNeeds,
  Division,
  DivisionId,
  FormField,
  LegislatureSet,
  Office,
  Officeholder,
  OfficeLocation,
  PartialDate,
  Seat,
  Source,
} from './model.js';
export { officeholderRoutes } from './officeholder-routes.js';
export { lastDayOf } from './partial-date.js';
export type { Coordinates } from './places/place-index.js';
export { introduce, type Place, represent } from './represent.js';
export type { Representation, RepresentationWarning } from './representation.js';
export { importSet } from './set-store.js';
export {
  buildSnapshot,
  type Residence,
  type SeatedOfficeholder,
  type SeatView,
  type Snapshot,
} from './snapshot.js';
export { STATES } from './us-congress/states.js';
