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
  return `  Start Redress so that it talks to them:\n\n${lines.join('')}  npm start\n\n`;
}
