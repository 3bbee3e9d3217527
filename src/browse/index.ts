export { browseRoutes } from './browse-routes.js';
export type { BrowseServices } from './browse-services.js';
