import { AppError } from '../../errors.js';

/** The code of a system or PostgreSQL error (`ENOSPC`, `57P03`); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns what the file system refused into a sentence that says what to mend. */
export function folderError(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError('unavailable', { detail: folderSentence(path, errorCode(cause), cause), cause });
}

function folderSentence(path: string, code: string | undefined, cause: unknown): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFullSentence(path);
    case 'EACCES':
    case 'EPERM':
      return `The data folder cannot be used: ${path} is not open to this user. Change its owner, or set REDRESS_DATA to a folder that can be written.`;
    case 'EROFS':
      return `The data folder cannot be used: ${path} lies on a disk that is read-only. Set REDRESS_DATA to a folder that can be written.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `The data folder cannot be used: ${path} is a file. Set REDRESS_DATA to a folder.`;
    default:
      return `The data folder cannot be used: ${path}: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

export function diskFullSentence(path: string): string {
  return `The disk is full where ${path} lies. Nothing is lost: make room, then start again.`;
}
