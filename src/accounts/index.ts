export { findOrganisation, type Organisation, setOrganisation } from './organisation.js';
