import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Chamber } from '../script/office-key.js';
import type { CwcDesk, CwcDoor } from './cwc-desk.js';
import { sendAnswer } from './send-answer.js';

const HOUSE = { chamber: 'house', success: 200, sandbox: false } as const;
const SENATE = { chamber: 'senate', step: 'message', success: 201, sandbox: false } as const;

const DOORS: readonly CwcDoor[] = [
  { ...HOUSE, path: '/v2/message', step: 'message' },
  { ...HOUSE, path: '/v2/validate', step: 'validate' },
  { ...SENATE, path: '/api/production-messages/' },
  { ...SENATE, path: '/api/messages/' },
  { ...SENATE, path: '/api/testing-messages/', sandbox: true },
];

const OFFICE_LISTS: readonly (readonly [path: string, chamber: Chamber])[] = [
  ['/v2/offices', 'house'],
  ['/offices', 'house'],
  ['/api/active_offices', 'senate'],
];

const Query = Type.Object({ apikey: Type.Optional(Type.String()) });

/** The addresses of the House and the Senate. Every body is taken as bytes, whatever it says it is. */
export function serveCwc(app: FastifyInstance, desk: CwcDesk): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const door of DOORS) {
    app.post(door.path, async (request, reply) => {
      const { answer, behaviour } = desk.receive({
        door,
        key: keyOf(request.query),
        mediaType: (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      });
      return sendAnswer(reply, answer, behaviour);
    });
  }
  for (const [path, chamber] of OFFICE_LISTS) {
    app.get(path, async (request, reply) => {
      const { answer, behaviour } = desk.listOffices(chamber, keyOf(request.query));
      return sendAnswer(reply, answer, behaviour);
    });
  }
}

function keyOf(query: unknown): string {
  return Value.Check(Query, query) ? (query.apikey ?? '') : '';
}
