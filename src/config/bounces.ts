import { resolve } from 'node:path';
import { AppError } from '../errors.js';
import type { Environment } from './environment.js';

const HIGHEST_PORT = 65_535;

/** Where mails that come back are taken from; nowhere unless the operator says so. */
export interface BounceConfig {
  readonly port: number | undefined;
  readonly host: string;
  /** Absolute path. */
  readonly maildir: string | undefined;
  /** For STARTTLS on the port; both or none. */
  readonly tls: { readonly keyFile: string; readonly certificateFile: string } | undefined;
}

/** @throws AppError `invalid_configuration` that says which variable to mend, and how. */
export function readBounces(environment: Environment, pagesPort: number): BounceConfig {
  const { bouncePort, bounceHost, bounceMaildir } = environment;
  const port = readPort(bouncePort);
  if (port === undefined && bounceHost !== undefined)
    refuse('REDRESS_BOUNCE_HOST is set, but not REDRESS_BOUNCE_PORT: the port for bounces, like 2525.');
  if (port !== undefined && port !== 0 && port === pagesPort)
    refuse(`REDRESS_BOUNCE_PORT and PORT are both ${port}. Pages and bounces need a port each.`);
  return {
    port,
    host: bounceHost ?? '127.0.0.1',
    maildir: bounceMaildir === undefined ? undefined : resolve(bounceMaildir),
    tls: readTls(environment, port),
  };
}

function readPort(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,5}$/.test(value) && Number(value) <= HIGHEST_PORT) return Number(value);
  return refuse(`REDRESS_BOUNCE_PORT is "${value}". Give a port up to ${HIGHEST_PORT}, like 2525.`);
}

function readTls(
  { bounceTlsKeyFile, bounceTlsCertificateFile }: Environment,
  port: number | undefined,
): BounceConfig['tls'] {
  if (bounceTlsKeyFile === undefined && bounceTlsCertificateFile === undefined) return undefined;
  if (bounceTlsKeyFile === undefined || bounceTlsCertificateFile === undefined)
    return refuse('Set both REDRESS_BOUNCE_TLS_KEY_FILE and REDRESS_BOUNCE_TLS_CERT_FILE, or neither.');
  if (port === undefined)
    refuse('REDRESS_BOUNCE_TLS_KEY_FILE is set, but not REDRESS_BOUNCE_PORT: the port for bounces.');
  return { keyFile: resolve(bounceTlsKeyFile), certificateFile: resolve(bounceTlsCertificateFile) };
}

function refuse(detail: string): never {
  throw new AppError('invalid_configuration', { detail });
}
