import type { Socket } from 'node:net';

const SECOND_MS = 1000;
const ONE_BYTE_A_SECOND = 1;

/** Makes everything that is written to this socket from now on go byte by byte. */
export function dripWrites(socket: Socket, bytesPerSecond = ONE_BYTE_A_SECOND): void {
  const write = socket.write.bind(socket);
  let queue: Buffer[] = [];
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const [head] = queue;
    if (head === undefined || socket.destroyed || !socket.writable) {
      clearInterval(timer);
      timer = undefined;
      return;
    }
    write(head.subarray(0, 1));
    queue = head.length > 1 ? [head.subarray(1), ...queue.slice(1)] : queue.slice(1);
  };
  socket.write = (chunk: Uint8Array | string): boolean => {
    queue.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk));
    timer ??= setInterval(next, SECOND_MS / bytesPerSecond);
    return true;
  };
  socket.once('close', () => clearInterval(timer));
}
