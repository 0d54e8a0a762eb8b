import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The installed Chromium, else Playwright's own, else Debian's package where we may install it. */
export function findChromium(): string {
  const found = firstExisting();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    installDebianPackage();
    const installed = firstExisting();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium for the browser tests. Install the package "chromium" of your system, ' +
      'run "npx playwright install chromium", or name one in CHROMIUM_PATH.',
  );
}

function firstExisting(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  return [...(named ? [named] : []), ...INSTALLED, chromium.executablePath()].find((path) => existsSync(path));
}

function installDebianPackage(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env });
}

/** Flags that keep Chromium off the network except for the pages under test. */
export function chromiumArguments(): string[] {
  return [
    // Chromium's sandbox does not start for root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
  ];
}

export function chromiumLaunchOptions(): { executablePath: string; args: string[] } {
  return { executablePath: findChromium(), args: chromiumArguments() };
}
