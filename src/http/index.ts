export { openApp } from './app.js';
export { toAppError } from './known-errors.js';
