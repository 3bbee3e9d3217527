// A process of its own, as the server is: `node:http` alone, which answers the bytes of one page to everything.
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';

const [address = '', port = ''] = process.argv.slice(2);
/** Those that `node:http` writes itself. */
const OWN_HEADERS = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

const [page]: IncomingMessage[] = await once(
  get(address, { headers: { 'accept-encoding': 'br' } }),
  'response',
);
if (page === undefined) throw new Error('no answer');
const body = Buffer.concat(await page.toArray());
const headers = Object.entries(page.headers).filter(([name]) => !OWN_HEADERS.has(name));
const server = createServer((_request, response) => {
  response.writeHead(page.statusCode ?? 0, headers.flat() as string[]);
  response.end(body);
});
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
process.send?.('ready');
