/**
 * Builds the page's template: one file with its styles and its script inside, which may load nothing from anywhere.
 * `selvedge read --html` fills the three places marked <!--selvedge:…-->.
 *
 *   node report/build.ts FILE
 */

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build, type Rolldown } from 'vite'

const file = process.argv[2]
if (file === undefined) throw new Error('usage: node report/build.ts FILE')

const built = (await build({
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    write: false,
    minify: true,
    lib: { entry: 'page.ts', formats: ['iife'], name: 'selvedge', cssFileName: 'page' },
  },
})) as Rolldown.RolldownOutput[]
const parts = built.flatMap(({ output }) => output)
const script = parts.map((part) => (part.type === 'chunk' ? part.code : '')).join('')
const style = parts.map((part) => (part.type === 'asset' ? String(part.source) : '')).join('')
// Inside a page either would end its own element early, or hide it in a comment.
if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error('the built script or style ends itself')

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const filled = { policy, style, script }
const template = readFileSync(new URL('page.html', import.meta.url), 'utf8')
const page = template.replace(/<!--build:(\w+)-->/g, (_, name: keyof typeof filled) => filled[name])
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, page)
