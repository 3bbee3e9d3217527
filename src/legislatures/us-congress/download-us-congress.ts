import { join } from 'node:path';
import { MultiBar, Presets } from 'cli-progress';
import { AppError } from '../../errors.js';
import { download, nameInAddress } from '../files/download.js';

const MOST_BYTES = 128 * 1024 * 1024;

/** Where those who make the files publish them. */
const OFFICIAL_ADDRESSES: readonly string[] = [
  'https://raw.githubusercontent.com/unitedstates/congress-legislators/main/legislators-current.yaml',
  'https://raw.githubusercontent.com/OpenSourceActivismTech/us-zipcodes-congress/master/zccd.csv',
  'https://www2.census.gov/geo/tiger/GENZ2024/shp/cb_2024_us_cd119_500k.zip',
];

interface DownloadOptions {
  readonly folder: string;
  /** A mirror that has the three files side by side. */
  readonly baseUrl?: string | undefined;
  readonly quiet?: boolean;
}

/**
 * Downloads the files of the United States Congress into a folder, with a progress bar on a terminal.
 * @throws AppError `unavailable`, `too_large`; `invalid_input` for a base URL that is none.
 */
export async function downloadUsCongress({ folder, baseUrl, quiet = false }: DownloadOptions): Promise<void> {
  const bars = quiet || !process.stderr.isTTY ? undefined : openBars();
  try {
    for (const address of OFFICIAL_ADDRESSES) {
      const name = nameInAddress(address);
      const bar = bars?.create(1, 0, { name });
      await download({
        url: baseUrl === undefined ? address : mirrored(baseUrl, name),
        path: join(folder, name),
        mostBytes: MOST_BYTES,
        onProgress(received, total) {
          bar?.setTotal(total ?? received);
          bar?.update(received);
        },
      });
    }
  } finally {
    bars?.stop();
  }
}

function openBars(): MultiBar {
  return new MultiBar(
    {
      format: '{name} |{bar}| {percentage} %  {value} of {total} bytes',
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
}

function mirrored(baseUrl: string, name: string): string {
  const url = URL.parse(name, baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  throw new AppError('invalid_input', { detail: `"${baseUrl}" is no address of a web server.` });
}
