import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(process.env.REDRESS_TEST_DATA ?? resolve(import.meta.dirname, '../../../shared/data'));

/** Why a test of real data is left out. */
export const WITHOUT_PUBLIC_DATA = `the public data are not in ${FOLDER}; set REDRESS_TEST_DATA`;

/** The folder with the real, public data files, where there is one. They are read, never copied. */
export const publicData: string | undefined = existsSync(FOLDER) ? FOLDER : undefined;
