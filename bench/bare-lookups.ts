// A process of its own, as the server is: `node:http` that finds the polygon of each point, and answers the same always.
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { BarePolygons } from './bare-polygons.js';
import { openLargestSet } from './public-sets.js';

const [address = '', port = ''] = process.argv.slice(2);
/** Those that `node:http` writes itself. */
const OWN_HEADERS = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);
const NOT_FOUND = 404;

const polygons = new BarePolygons(await openLargestSet());
const [sample]: IncomingMessage[] = await once(get(address), 'response');
if (sample === undefined) throw new Error('no answer');
const body = Buffer.concat(await sample.toArray());
const headers = Object.entries(sample.headers).filter(([name]) => !OWN_HEADERS.has(name));
const server = createServer((request, response) => {
  const url = request.url ?? '';
  const [latitude = Number.NaN, longitude = Number.NaN] = url
    .slice(url.indexOf('at=') + 'at='.length)
    .split(',')
    .map(Number);
  const found = polygons.find({ latitude, longitude }) !== undefined;
  response.writeHead(found ? (sample.statusCode ?? 0) : NOT_FOUND, headers.flat() as string[]);
  response.end(body);
});
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
process.send?.('ready');
