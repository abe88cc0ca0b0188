/**
 * Writes a page with the weave of every fixture at every width, to look at: in light, dark, print and without colour.
 *
 *   tools/web --exec node web/charts/preview.ts FILE
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { runnerImport } from 'vite'

const file = process.argv[2]
if (file === undefined) throw new Error('usage: node preview.ts FILE')

const here = (name: string): string => new URL(name, import.meta.url).pathname
const style = ['charts.css', 'weave.css'].map((name) => readFileSync(here(name), 'utf8')).join('')
const { module: drawing } = await runnerImport<typeof import('./weave')>(here('weave.ts'))
const { module: simulated } = await runnerImport<typeof import('./fixtures')>(here('fixtures.ts'))

const widths = [320, 360, 768, 1280]
const sections = Object.entries(simulated.fixtures).map(([name, reading], index) => {
  const drawn = widths.map((width) => {
    const options = { width, id: `weave-${index}-${width}`, days: name === 'year' ? 365 : 56 }
    const caption = `<p>${drawing.weaveCaption(reading, options)}</p>`
    const parts = [caption, drawing.weave(reading, options), drawing.weaveLegend(reading, options)]
    return `<div style="width: ${width}px">${parts.join('')}</div>`
  })
  return `<h2>${name}</h2><p>${drawing.weaveSentence(reading)}</p><div class="row">${drawn.join('')}</div>`
})

const layout = `
body { margin: 2rem; background: var(--cloth); color: var(--ink); font-family: sans-serif; }
.row { display: flex; gap: 2rem; align-items: flex-start; }
`
mkdirSync(dirname(file), { recursive: true })
writeFileSync(
  file,
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>The weave, simulated</title>
<style>${style}${layout}</style>${sections.join('\n')}`,
)
