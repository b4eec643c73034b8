// node scripts/icon.mjs CHROMIUM: writes media/icon.png from media/icon.svg.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [browser = 'chromium'] = process.argv.slice(2);
const media = fileURLToPath(new URL('../media', import.meta.url));

execFileSync(browser, [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--default-background-color=00000000',
  '--window-size=256,256',
  `--screenshot=${media}/icon.png`,
  `file://${media}/icon.svg`,
]);
