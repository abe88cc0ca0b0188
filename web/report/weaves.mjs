// node weaves.mjs PAGES PICTURES: the weave of every page in PAGES, all of its days at once.

import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { browserOf } from './browser.ts'

const [pages, pictures] = process.argv.slice(2)
if (pages === undefined || pictures === undefined) {
  console.error('usage: node weaves.mjs PAGES PICTURES')
  process.exit(2)
}

const browser = await browserOf()
for (const file of readdirSync(pages).filter((name) => name.endsWith('.html'))) {
  const page = await browser.newPage({ viewport: { width: 720, height: 900 }, deviceScaleFactor: 1.5, reducedMotion: 'reduce' })
  await page.goto(`file://${resolve(pages, file)}`)
  const figure = page.locator('figure[data-chart="weave"]')
  const all = figure.getByRole('button', { name: 'All at once' })
  if (await all.isVisible()) await all.click()
  await figure.locator('svg:has(g.cloth)').screenshot({ path: join(pictures, `${basename(file, '.html')}-weave.png`) })
  await page.close()
}
await browser.close()
