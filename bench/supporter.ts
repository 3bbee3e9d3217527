/** Lies in one district of the demo's country; all three offices there take mail. */
const POSTCODE = '1410';

const MESSAGE = `I have worked in the kitchen of the hospital for eleven years, and my shift ends at eleven.
The night ferry is how I get home to my daughter. When it did not sail for a week in February I slept on a
chair in the linen room. Nobody on the island has a boat that is safe in that water after dark.

Please vote for the bill. I would be glad to show you the crossing on any evening you like.`;

/** What one supporter sends. The number makes every person, address and request another one. */
export interface Submission {
  readonly key: string;
  readonly network: string;
  readonly name: string;
  readonly email: string;
  readonly address: string;
  readonly postcode: string;
  readonly message: string;
}

/** Three letters with own words under the alert's subject and statement. */
export function makeSubmission(run: string, number: number): Submission {
  return {
    key: `bench.${run}.${number}`,
    network: `${11 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}.7`,
    name: 'Kim Aldersey',
    email: `kim.${run}.${number}@supporter.example`,
    address: '12 Chandlery Lane\nGannet Isle',
    postcode: POSTCODE,
    message: MESSAGE,
  };
}

/** The submission as `POST /api/v1/alerts/:slug/actions` takes it. */
export function toRequest(submission: Submission): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const { key, network, name, email, address, postcode, message } = submission;
  return {
    headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-forwarded-for': network },
    body: JSON.stringify({
      place: { postcode },
      letter: { message },
      supporter: { name, email, address },
      consent: true,
    }),
  };
}
