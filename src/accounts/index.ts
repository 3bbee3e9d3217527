export {
  findOrganisation,
  findOrganisationIfAny,
  type Organisation,
  setOrganisation,
} from './organisation.js';
