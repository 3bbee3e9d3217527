import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const BAD_REQUEST = 400;
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no request at all, which reaches no route, hook or page: a status and the usual headers. */
export function answerBrokenRequests(headers: Readonly<Record<string, string>>) {
  const lines = Object.entries({ ...headers, 'content-length': '0', connection: 'close' })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return (error: Error & { code?: string }, socket: Socket): void => {
    const status = STATUS_OF_CODE[error.code ?? ''] ?? BAD_REQUEST;
    if (socket.writable) socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n`);
    socket.destroySoon();
  };
}
