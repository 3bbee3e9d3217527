/** The variables about letters to the United States Congress, as they stand in the environment. */
export interface CwcEnvironment {
  readonly house: CwcChamberEnvironment;
  readonly senate: CwcChamberEnvironment;
  readonly agent: string | undefined;
  readonly ackEmail: string | undefined;
  readonly contactName: string | undefined;
  readonly contactEmail: string | undefined;
  readonly contactPhone: string | undefined;
}

export interface CwcChamberEnvironment {
  readonly mode: string | undefined;
  readonly url: string | undefined;
  readonly officesUrl: string | undefined;
  readonly closed: string | undefined;
  readonly bills: string | undefined;
}

/** Reads the `REDRESS_CWC_…` variables. */
export function readCwcEnvironment(read: (name: string) => string | undefined): CwcEnvironment {
  return {
    house: readChamber(read, 'REDRESS_CWC_HOUSE'),
    senate: readChamber(read, 'REDRESS_CWC_SENATE'),
    agent: read('REDRESS_CWC_AGENT'),
    ackEmail: read('REDRESS_CWC_ACK_EMAIL'),
    contactName: read('REDRESS_CWC_CONTACT_NAME'),
    contactEmail: read('REDRESS_CWC_CONTACT_EMAIL'),
    contactPhone: read('REDRESS_CWC_CONTACT_PHONE'),
  };
}

function readChamber(read: (name: string) => string | undefined, name: string): CwcChamberEnvironment {
  return {
    mode: read(name),
    url: read(`${name}_URL`),
    officesUrl: read(`${name}_OFFICES_URL`),
    closed: read(`${name}_CLOSED`),
    bills: read(`${name}_BILLS`),
  };
}
