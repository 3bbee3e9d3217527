import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a program and a server, and can swallow everything both ways without closing a connection. */
export interface BlackHole extends AsyncDisposable {
  readonly port: number;
  /** From now on no byte passes, and new connections get no answer; nobody is told. */
  swallow(): void;
  /** New connections pass again; those that were swallowed are reset, as a network does that is back. */
  heal(): void;
}

export async function openBlackHole(target: { host: string; port: number }): Promise<BlackHole> {
  const sockets = new Set<Socket>();
  const dead = new WeakSet<Socket>();
  let swallowing = false;
  const forward = (from: Socket, to: Socket): void => {
    from.on('data', (bytes: Buffer) => {
      if (!dead.has(from) && !dead.has(to)) to.write(bytes);
    });
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      if (!dead.has(to)) to.destroy();
    });
  };
  const server = createServer((near) => {
    sockets.add(near);
    const far = connect(target);
    sockets.add(far);
    if (swallowing) {
      dead.add(near);
      dead.add(far);
    }
    forward(near, far);
    forward(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    swallow() {
      swallowing = true;
      for (const socket of sockets) dead.add(socket);
    },
    heal() {
      swallowing = false;
      for (const socket of sockets) if (dead.has(socket)) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
