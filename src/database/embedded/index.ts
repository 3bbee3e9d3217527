export {
  type EmbeddedOptions,
  type EmbeddedRole,
  type EmbeddedServer,
  findOrStartEmbedded,
} from './embedded-server.js';
