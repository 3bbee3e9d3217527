import { describe, expect, test } from 'vitest';
import { makeConfig, readEnvironment } from '../src/config/index.js';
import { closedUntil, washingtonDay } from '../src/delivery/channels/cwc/washington-time.js';
import { AGENT_VARIABLES } from './support/cwc-ground.js';

const read = (variables: Record<string, string>) => makeConfig(readEnvironment(variables)).cwc;
const house = (variables: Record<string, string> = {}) =>
  read({ ...AGENT_VARIABLES, REDRESS_CWC_HOUSE: 'production', ...variables }).house;
const senate = (variables: Record<string, string> = {}) =>
  read({ ...AGENT_VARIABLES, REDRESS_CWC_SENATE: 'production', ...variables }).senate;

describe('the settings', () => {
  test('send nothing to the Congress unless they say so', () => {
    expect(read({})).toEqual({ house: undefined, senate: undefined });
    expect(
      read({ REDRESS_CWC_HOUSE: 'off', REDRESS_CWC_HOUSE_URL: 'https://cwc.example' }).house,
    ).toBeUndefined();
  });

  test('know the addresses of both chambers', () => {
    expect(house()).toMatchObject({
      sendTo: 'https://cwc.house.gov/v2/message',
      officesAt: 'https://cwc.house.gov/v2/offices',
      loopback: false,
      closed: [],
      bills: 'short',
      agent: { name: 'Redress Test Agent', contact: { phone: '202-555-0100' } },
    });
    expect(house({ REDRESS_CWC_HOUSE: 'test' })?.sendTo).toBe('https://uat-cwc.house.gov/v2/message');
    expect(house({ REDRESS_CWC_HOUSE: 'validate' })?.sendTo).toBe('https://uat-cwc.house.gov/v2/validate');
    expect(senate()).toMatchObject({
      sendTo: 'https://soapbox.senate.gov/api/production-messages/',
      officesAt: 'https://soapbox.senate.gov/api/active_offices',
      bills: 'cited',
    });
    expect(senate({ REDRESS_CWC_SENATE: 'test' })).toMatchObject({
      sendTo: 'https://soapbox.senate.gov/api/testing-messages/',
      officesAt: undefined,
    });
  });

  test('may say others', () => {
    const own = house({ REDRESS_CWC_HOUSE_URL: 'http://127.0.0.1:9/cwc/', REDRESS_CWC_HOUSE_BILLS: 'cited' });
    expect(own).toMatchObject({
      sendTo: 'http://127.0.0.1:9/cwc/v2/message',
      officesAt: 'http://127.0.0.1:9/cwc/v2/offices',
      loopback: true,
      bills: 'cited',
    });
    const split = house({
      REDRESS_CWC_HOUSE_URL: 'http://localhost:9',
      REDRESS_CWC_HOUSE_OFFICES_URL: 'https://lists.example/offices',
    });
    expect(split).toMatchObject({ officesAt: 'https://lists.example/offices', loopback: false });
  });

  test.each([
    [{ REDRESS_CWC_HOUSE: 'on' }, /Use one of off, validate, test, production/],
    [
      { REDRESS_CWC_SENATE: 'validate' },
      /REDRESS_CWC_SENATE is "validate"\. Use one of off, test, production/,
    ],
    [{ REDRESS_CWC_HOUSE_URL: 'https://cwc.example' }, /not REDRESS_CWC_HOUSE\. Set it/],
    [
      { REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_AGENT: '' },
      /REDRESS_CWC_HOUSE is on, but not REDRESS_CWC_AGENT/,
    ],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_CONTACT_NAME: 'Jo' }, /six letters or more/],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_CONTACT_PHONE: '+1 202 555 0100' }, /like 202-555-0100/],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_ACK_EMAIL: 'ack' }, /REDRESS_CWC_ACK_EMAIL is "ack"/],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_URL: 'cwc.example' }, /no address/],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_URL: 'http://cwc.example' }, /in the clear/],
    [
      { REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_URL: 'https://cwc.example/?apikey=secret' },
      /channel key set/,
    ],
    [
      { REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_URL: 'https://me:secret@cwc.example' },
      /channel key set/,
    ],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_BILLS: 'H.R.' }, /short .* or cited/],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_CLOSED: 'sunday' }, /hours of the week/],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_CLOSED: 'sun 06:00-06:00' }, /hours of the week/],
    [{ REDRESS_CWC_HOUSE: 'test', REDRESS_CWC_HOUSE_CLOSED: 'sun 23:00-25:00' }, /hours of the week/],
  ])('that cannot be are refused, without a secret (%#)', (variables, words) => {
    const all = { ...AGENT_VARIABLES, ...variables };
    expect(() => read(all)).toThrow(words);
    expect(() => read(all)).not.toThrow(/secret/);
  });
});

describe('the hours of maintenance', () => {
  const closed = senate()?.closed ?? [];
  const until = (at: string): string | undefined => closedUntil(closed, new Date(at))?.toISOString();

  test.each([
    // Saturday night in Washington, UTC-5.
    ['2026-11-22T04:59:59Z', undefined],
    ['2026-11-22T05:00:00Z', '2026-11-22T11:00:00.000Z'],
    ['2026-11-22T10:59:59Z', '2026-11-22T11:00:00.000Z'],
    ['2026-11-22T11:00:00Z', undefined],
    ['2026-11-25T09:59:59Z', undefined],
    ['2026-11-25T10:00:00Z', '2026-11-25T12:00:00.000Z'],
    ['2026-11-25T12:00:00Z', undefined],
    // In summer, UTC-4.
    ['2026-07-05T03:59:59Z', undefined],
    ['2026-07-05T04:00:00Z', '2026-07-05T10:00:00.000Z'],
    ['2026-07-08T10:59:59Z', '2026-07-08T11:00:00.000Z'],
    // The night on which the clocks go forward: closed for five hours.
    ['2026-03-08T05:00:00Z', '2026-03-08T10:00:00.000Z'],
    ['2026-03-08T09:59:59Z', '2026-03-08T10:00:00.000Z'],
    ['2026-03-08T10:00:00Z', undefined],
    // The night on which they go back: closed for seven; 01:30 comes twice.
    ['2026-11-01T04:00:00Z', '2026-11-01T11:00:00.000Z'],
    ['2026-11-01T05:30:00Z', '2026-11-01T11:00:00.000Z'],
    ['2026-11-01T06:30:00Z', '2026-11-01T11:00:00.000Z'],
    ['2026-11-01T11:00:00Z', undefined],
  ])('of the Senate at %s', (at, end) => {
    expect(until(at)).toBe(end);
  });

  test('of the House are none, and any may be set', () => {
    expect(closedUntil(house()?.closed ?? [], new Date('2026-11-22T06:00:00Z'))).toBeUndefined();
    const own = house({ REDRESS_CWC_HOUSE_CLOSED: 'sat 23:00-02:00, mon 00:00-24:00' })?.closed ?? [];
    const ownUntil = (at: string): string | undefined => closedUntil(own, new Date(at))?.toISOString();
    // Over midnight, Saturday to Sunday.
    expect(ownUntil('2026-11-22T03:59:59Z')).toBeUndefined();
    expect(ownUntil('2026-11-22T04:00:00Z')).toBe('2026-11-22T07:00:00.000Z');
    expect(ownUntil('2026-11-22T06:59:59Z')).toBe('2026-11-22T07:00:00.000Z');
    expect(ownUntil('2026-11-23T05:00:00Z')).toBe('2026-11-24T05:00:00.000Z');
    expect(senate({ REDRESS_CWC_SENATE_CLOSED: 'none' })?.closed).toEqual([]);
  });

  test('and the day of a letter are Washington’s', () => {
    expect(washingtonDay(new Date('2026-11-23T04:59:59Z'))).toBe('20261122');
    expect(washingtonDay(new Date('2026-11-23T05:00:00Z'))).toBe('20261123');
    expect(washingtonDay(new Date('2026-07-01T04:00:00Z'))).toBe('20260701');
  });
});
