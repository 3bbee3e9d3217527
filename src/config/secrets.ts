import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.js';
import type { Config } from './config.js';
import type { Environment } from './environment.js';

const MASTER_KEY_BYTES = 32;
const OWNER_ONLY = 0o600;

/** What must never be printed, logged or stored in the database. */
export interface Secrets {
  readonly masterKey: Buffer;
  readonly databaseUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  /** It may hold a key. */
  readonly geocoderUrl: string | undefined;
  /** PEM. */
  readonly dkimKey: string | undefined;
  /** PEM; for STARTTLS on the port for bounces. */
  readonly bounceTls: { readonly key: string; readonly cert: string } | undefined;
}

/**
 * Reads the secrets; makes the master key's file on the first start (mode 0600).
 * @throws AppError `invalid_configuration` with a sentence that says what to mend.
 */
export function readSecrets(environment: Environment, config: Config): Secrets {
  return {
    masterKey: readMasterKey(environment, config),
    databaseUrl: environment.databaseUrl,
    smtpUrl: environment.smtpUrl,
    geocoderUrl: environment.geocoderUrl,
    dkimKey: config.mail.dkim && readSecretFile(config.mail.dkim.keyFile, 'REDRESS_DKIM_KEY_FILE'),
    bounceTls: config.bounces.tls && {
      key: readSecretFile(config.bounces.tls.keyFile, 'REDRESS_BOUNCE_TLS_KEY_FILE'),
      cert: readSecretFile(config.bounces.tls.certificateFile, 'REDRESS_BOUNCE_TLS_CERT_FILE'),
    },
  };
}

function readMasterKey(environment: Environment, config: Config): Buffer {
  if (environment.masterKey !== undefined) return decodeKey(environment.masterKey, 'REDRESS_MASTER_KEY');
  try {
    return decodeKey(readFileSync(config.keyFile, 'utf8').trim(), config.keyFile);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    return makeKeyFile(config.keyFile);
  }
}

function decodeKey(text: string, where: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length === MASTER_KEY_BYTES) return key;
  throw new AppError('invalid_configuration', {
    detail: `The master key in ${where} is not ${MASTER_KEY_BYTES} bytes in base64. Put back the right key; without it the sealed data cannot be read.`,
  });
}

function makeKeyFile(path: string): Buffer {
  const key = randomBytes(MASTER_KEY_BYTES);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${key.toString('base64')}\n`, { mode: OWNER_ONLY, flag: 'wx', flush: true });
  } catch (cause) {
    // Two first starts at once: the one that lost the race uses the winner's key.
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
      return decodeKey(readFileSync(path, 'utf8').trim(), path);
    throw new AppError('invalid_configuration', {
      detail: `The master key could not be written to ${path}. Set REDRESS_KEY_FILE to a file that can be written, outside the data folder.`,
      cause,
    });
  }
  return key;
}

function readSecretFile(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('invalid_configuration', {
      detail: `${variable} names ${path}, which cannot be read.`,
      cause,
    });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
