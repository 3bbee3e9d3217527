/** An answer as it would go out without misbehaviour. */
export interface CwcAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly retryAfterSeconds?: number | undefined;
}

const XML = 'application/xml; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The form in which both chambers tell errors, so far as is public. */
export function errorAnswer(status: number, errors: readonly string[]): CwcAnswer {
  const lines = errors.map((error) => `  <Error>${escapeXml(error)}</Error>\n`).join('');
  return { status, type: XML, body: `${HEAD}<Errors>\n${lines}</Errors>\n` };
}

/** A yes. No public source says what stands in its body; these are our own words. */
export function acceptedAnswer(status: number, id: string): CwcAnswer {
  const lines = `  <DeliveryId>${escapeXml(id)}</DeliveryId>\n  <Status>taken by the office simulator</Status>\n`;
  return { status, type: XML, body: `${HEAD}<Result>\n${lines}</Result>\n` };
}

export function jsonAnswer(value: unknown): CwcAnswer {
  return { status: 200, type: JSON_TYPE, body: `${JSON.stringify(value)}\n` };
}

/** A script's own body, whatever it is. */
export function rawAnswer(status: number, body: string): CwcAnswer {
  return { status, type: XML, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
