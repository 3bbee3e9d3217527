import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

const SILENCE_MS = 400;
const LONGEST_MS = 10_000;

/** A conversation with an SMTP server, line by line. */
export interface SmtpTalk extends AsyncDisposable {
  readonly socket: Socket;
  /** The next whole reply; `silence` when none comes, `closed` when the server hung up. */
  reply(withinMs?: number): Promise<string>;
  /** Sends a line, and answers the reply. */
  say(line: string): Promise<string>;
  /** EHLO to the command before the given one, all of which the server takes. */
  upTo(step: 'MAIL' | 'RCPT' | 'DATA' | 'body', to?: string): Promise<void>;
}

export async function talkTo(url: string): Promise<SmtpTalk> {
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  let text = '';
  let closed = false;
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.on('close', () => {
    closed = true;
  });
  const reply = async (withinMs = SILENCE_MS): Promise<string> => {
    const end = performance.now() + Math.min(withinMs, LONGEST_MS);
    for (;;) {
      const [whole] = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(text) ?? [];
      if (whole !== undefined) {
        text = text.slice(whole.length);
        return whole.trim();
      }
      if (closed) return 'closed';
      if (performance.now() > end) return 'silence';
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const say = (line: string): Promise<string> => {
    socket.write(`${line}\r\n`);
    return reply();
  };
  return {
    socket,
    reply,
    say,
    async upTo(step, to = 'office@upper.example') {
      const lines = ['EHLO client.example', 'MAIL FROM:<letters@redress.example>', `RCPT TO:<${to}>`, 'DATA'];
      const wanted = lines.slice(0, ['MAIL', 'RCPT', 'DATA', 'body'].indexOf(step) + 1);
      const greeting = await reply();
      if (!greeting.startsWith('220')) throw new Error(`greeted with ${greeting}`);
      for (const line of wanted) {
        const answer = await say(line);
        if (!/^[23]/.test(answer)) throw new Error(`${line}: ${answer}`);
      }
    },
    async [Symbol.asyncDispose]() {
      if (!closed) {
        socket.destroy();
        await once(socket, 'close');
      }
    },
  };
}
