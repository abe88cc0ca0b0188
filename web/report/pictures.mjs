// node pictures.mjs PAGES PICTURES: a picture of every page in PAGES at three widths, light and dark, and printed in grey.

import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { browserOf } from './browser.ts'

const [pages, pictures] = process.argv.slice(2)
if (pages === undefined || pictures === undefined) {
  console.error('usage: node pictures.mjs PAGES PICTURES')
  process.exit(2)
}

const widths = { phone: 360, tablet: 768, desk: 1280 }
const a4 = { width: 718, height: 1046 } // of the sheet inside its margins, at 96 dots an inch

const browser = await browserOf()
for (const file of readdirSync(pages).filter((name) => name.endsWith('.html'))) {
  const name = basename(file, '.html')
  const address = `file://${resolve(pages, file)}`
  for (const colorScheme of ['light', 'dark']) {
    for (const [device, width] of Object.entries(widths)) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' })
      await page.goto(address)
      await page.screenshot({ path: join(pictures, `${name}-${device}-${colorScheme}.png`), fullPage: true })
      await page.close()
    }
  }
  const printed = await browser.newPage({ viewport: a4 })
  await printed.goto(address)
  await printed.emulateMedia({ media: 'print' })
  await printed.evaluate(() => document.documentElement.style.setProperty('filter', 'grayscale(1)'))
  await printed.screenshot({ path: join(pictures, `${name}-print.png`), fullPage: true })
  await printed.close()
}

const face = await browser.newPage({ viewport: { width: 900, height: 900 }, deviceScaleFactor: 2, reducedMotion: 'reduce' })
await face.goto(`file://${resolve(pages, 'sample.html')}`)
await face.locator('figure[data-chart="weave"] svg:has(g.cloth)').screenshot({ path: join(pictures, 'weave.png') })
await browser.close()
