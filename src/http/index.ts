export { openApp } from './app.js';
