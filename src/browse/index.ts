export { type BrowseServices, browseRoutes } from './browse-routes.js';
