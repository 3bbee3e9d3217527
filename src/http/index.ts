export { openApp } from './app.js';
export { serveAssets } from './asset-routes.js';
export { securityHeaders, setSecurityHeaders } from './security-headers.js';
