import type { Context } from '../context.js';
import { type AlertFile, openAlertFile } from './file/alert-file.js';
import { type GoesByCongressMail, readAlertFile } from './file/read-alert-file.js';
import { type SavedAlert, saveAlert } from './save-alert.js';

export interface ImportRequest {
  readonly organisationId: number;
  /** A path on this machine, or a file that is already open. */
  readonly file: string | AlertFile;
  readonly publish: boolean;
  readonly replace: boolean;
  /** Where absent, no letter does. */
  readonly goesByCongressMail?: GoesByCongressMail;
  /** Who imports, as the record names them. */
  readonly by: string;
}

/**
 * Imports an alert file with its pictures, whole or not at all.
 * @throws AppError `invalid_file` that lists all problems by file and line; `too_large`; `conflict`.
 */
export async function importAlert(context: Context, request: ImportRequest): Promise<SavedAlert> {
  const { file, goesByCongressMail, ...rest } = request;
  const opened = typeof file === 'string' ? await openAlertFile(file) : file;
  const read = await readAlertFile(opened, goesByCongressMail);
  return saveAlert(context, { ...rest, ...read, reason: 'imported' });
}
