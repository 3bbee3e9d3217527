import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

// Below the ports that systems lend to outgoing connections (Linux: from 32768), which come and go.
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;
const PORTS_TO_TRY = 20;

/** A port of 127.0.0.1 that nobody has: the wanted one if it is free, else one near a number made from `seed`. */
export async function freePort(wanted: number | undefined, seed: string): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted;
  const start = createHash('sha256').update(seed).digest().readUInt32BE();
  for (let step = 0; step < PORTS_TO_TRY; step += 1) {
    const port = FIRST_PORT + ((start + step) % PORT_COUNT);
    if (port !== wanted && (await isFree(port))) return port;
  }
  return anyPort();
}

async function isFree(port: number): Promise<boolean> {
  return listenOn(port).then(
    () => true,
    () => false,
  );
}

async function anyPort(): Promise<number> {
  return listenOn(0);
}

async function listenOn(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
