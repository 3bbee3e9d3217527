import { type CwcEnvironment, readCwcEnvironment } from './cwc-environment.js';

/** The variables Redress reads, as they stand in the environment; no defaults, no checks. */
export interface Environment {
  readonly data: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly url: string | undefined;
  readonly keyFile: string | undefined;
  readonly masterKey: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly delivery: string | undefined;
  readonly mailFrom: string | undefined;
  readonly mailBudget: string | undefined;
  readonly networkCap: string | undefined;
  readonly officePace: string | undefined;
  readonly bouncePort: string | undefined;
  readonly bounceHost: string | undefined;
  readonly bounceMaildir: string | undefined;
  readonly bounceTlsKeyFile: string | undefined;
  readonly bounceTlsCertificateFile: string | undefined;
  readonly dkimKeyFile: string | undefined;
  readonly dkimDomain: string | undefined;
  readonly dkimSelector: string | undefined;
  readonly trustedProxies: string | undefined;
  readonly metricsPort: string | undefined;
  readonly logLevel: string | undefined;
  readonly worker: string | undefined;
  readonly demo: string | undefined;
  readonly devicePosition: string | undefined;
  readonly geocoder: string | undefined;
  readonly geocoderUrl: string | undefined;
  readonly geocoderName: string | undefined;
  readonly sourceUrl: string | undefined;
  readonly fonts: string | undefined;
  readonly cwc: CwcEnvironment;
}

/** Reads the environment. An empty variable counts as absent. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const read = (name: string): string | undefined => variables[name]?.trim() || undefined;
  return {
    data: read('REDRESS_DATA'),
    databaseUrl: read('DATABASE_URL'),
    host: read('HOST'),
    port: read('PORT'),
    url: read('REDRESS_URL'),
    keyFile: read('REDRESS_KEY_FILE'),
    masterKey: read('REDRESS_MASTER_KEY'),
    smtpUrl: read('SMTP_URL'),
    delivery: read('REDRESS_DELIVERY'),
    mailFrom: read('REDRESS_MAIL_FROM'),
    mailBudget: read('REDRESS_MAIL_BUDGET'),
    networkCap: read('REDRESS_NETWORK_CAP'),
    officePace: read('REDRESS_OFFICE_PACE'),
    bouncePort: read('REDRESS_BOUNCE_PORT'),
    bounceHost: read('REDRESS_BOUNCE_HOST'),
    bounceMaildir: read('REDRESS_BOUNCE_MAILDIR'),
    bounceTlsKeyFile: read('REDRESS_BOUNCE_TLS_KEY_FILE'),
    bounceTlsCertificateFile: read('REDRESS_BOUNCE_TLS_CERT_FILE'),
    dkimKeyFile: read('REDRESS_DKIM_KEY_FILE'),
    dkimDomain: read('REDRESS_DKIM_DOMAIN'),
    dkimSelector: read('REDRESS_DKIM_SELECTOR'),
    trustedProxies: read('REDRESS_TRUSTED_PROXIES'),
    metricsPort: read('REDRESS_METRICS_PORT'),
    logLevel: read('REDRESS_LOG_LEVEL'),
    worker: read('REDRESS_WORKER'),
    demo: read('REDRESS_DEMO'),
    devicePosition: read('REDRESS_DEVICE_POSITION'),
    geocoder: read('REDRESS_GEOCODER'),
    geocoderUrl: read('REDRESS_GEOCODER_URL'),
    geocoderName: read('REDRESS_GEOCODER_NAME'),
    sourceUrl: read('REDRESS_SOURCE_URL'),
    fonts: read('REDRESS_FONTS'),
    cwc: readCwcEnvironment(read),
  };
}
