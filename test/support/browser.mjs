// The browser of the webview tests and of the journeys. Nothing leaves 127.0.0.1.
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/chromium.mjs';

const ARGUMENTS = [
  '--no-sandbox', // Containers and root have none.
  '--disable-gpu',
  '--disable-dev-shm-usage', // Containers often have a small /dev/shm.
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts a headless browser; the caller closes it. */
export function launchBrowser() {
  return chromium.launch({ executablePath: ensureChromium(), headless: true, args: ARGUMENTS });
}
