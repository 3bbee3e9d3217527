import { v7 } from 'uuid';

/** A new UUID of version 7 (RFC 9562): ids made in the program sort by the time they were made. */
export function newId(): string {
  return v7();
}
