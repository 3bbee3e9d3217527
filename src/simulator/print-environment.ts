import type { Simulator } from './simulator.js';

/** The settings with which Redress takes the simulator for its mail server, and for the House and the Senate. */
export function printEnvironment({ smtpUrl, url }: Pick<Simulator, 'smtpUrl' | 'url'>): string {
  const settings = {
    SMTP_URL: smtpUrl,
    REDRESS_MAIL_FROM: 'letters@redress.example',
    REDRESS_CWC_HOUSE: 'test',
    REDRESS_CWC_HOUSE_URL: url,
    REDRESS_CWC_SENATE: 'test',
    REDRESS_CWC_SENATE_URL: `${url}/api/testing-messages/`,
    REDRESS_CWC_SENATE_CLOSED: 'none',
    REDRESS_CWC_AGENT: 'Dry run',
    REDRESS_CWC_ACK_EMAIL: 'ack@redress.example',
    REDRESS_CWC_CONTACT_NAME: 'Dry run',
    REDRESS_CWC_CONTACT_EMAIL: 'contact@redress.example',
    REDRESS_CWC_CONTACT_PHONE: '202-555-0100',
  };
  const lines = Object.entries(settings).map(([name, value]) => `  ${name}='${value}' \\\n`);
  return [
    '  Start Redress so that it talks to them:\n\n',
    ...lines,
    '  npm start\n\n',
    '  For letters to the House and the Senate give it a key, whichever (with the same settings):\n\n',
    '  echo dry-run | npm run redress -- channel key set cwc_house\n',
    '  echo dry-run | npm run redress -- channel key set cwc_senate\n\n',
  ].join('');
}
