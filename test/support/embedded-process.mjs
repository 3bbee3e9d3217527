// One process that uses the embedded PostgreSQL of a folder until SIGTERM. Tells what happened as JSON lines.
import { findOrStartEmbedded } from '../../build/database/embedded/index.js';

const [dataDirectory, role] = process.argv.slice(2);
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const log = {
  info: (words) => tell({ log: words }),
  warn: (words) => tell({ log: words }),
  error: (words) => tell({ log: words }),
};

try {
  const server = await findOrStartEmbedded({ dataDirectory, role, log, address: 'http://127.0.0.1:3999' });
  process.on('SIGTERM', () => void server.stop().then(() => tell({ stopped: true })));
  tell({ ready: { url: server.url, dataDirectory: server.dataDirectory, started: server.started } });
} catch (error) {
  tell({ refused: { code: error.code, message: error.message } });
  process.exitCode = 1;
}
