/** The browser of the system, for the registry of packages has none. */
import { type Browser, chromium } from 'playwright-core';

import { run } from '../e2e/command.ts';

/** Debian's package and others call it so. */
const names = ['chromium', 'chromium-browser', 'google-chrome'];

async function locate(): Promise<string | undefined> {
  for (const name of names) {
    const found = await run(import.meta.dirname, 'which', name).catch(() => undefined);
    if (found?.code === 0) return found.stdout.trim();
  }
  return undefined;
}

export const executable = await locate();

/** For the name of a group of tests. */
export const without = executable === undefined ? ' (SKIPPED: no Chromium here; install the package `chromium` from Debian)' : '';

/** Asks nobody on the network but for pages. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(executable === undefined ? {} : { executablePath: executable }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
