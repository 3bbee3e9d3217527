// Migrates a database and, after so many statements, kills itself as a power cut would. Without a number it goes on.
import { migrate, openPool } from '../../build/database/index.js';

const [url, killAfter] = process.argv.slice(2);
const pool = openPool(url);
await migrate(pool, {
  afterStatement: (count) => {
    if (count === Number(killAfter)) process.kill(process.pid, 'SIGKILL');
  },
});
await pool.end();
