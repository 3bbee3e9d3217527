// A process of its own, as a mail server is: says yes to every message and keeps none.
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.once('end', () => done());
    stream.resume();
  },
});
const listening = server.listen(Number(process.argv[2]), '127.0.0.1');
await once(listening, 'listening');
process.send?.('ready');
