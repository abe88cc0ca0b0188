/** The browser that tests and pictures open pages in: Debian's Chromium, asked to leave the network alone. */

import { chromium, type Browser } from 'playwright-core'

export const browserOf = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
