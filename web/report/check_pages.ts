/**
 * Opens pages in a browser as people would, and says what is not as it should be.
 *
 *   node check_pages.ts [--cases COUNTS] PAGE…
 *
 * Every page is opened on a phone and on a desk, light and dark, with and without scripts. Timings are printed; what is
 * asked of them is only that they are not absurd, because the machine may be busy. COUNTS gets "PASSED FAILED 0".
 */

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { browserOf } from './browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let passed = 0
let failed = 0

/** Counts a check; a failure is told with what was found. */
const check = (page: string, what: string, found: unknown, wanted: unknown): void => {
  if (JSON.stringify(found) === JSON.stringify(wanted)) {
    passed += 1
    return
  }
  failed += 1
  console.log(`FAILED ${page}: ${what}\n  found  ${JSON.stringify(found)}\n  wanted ${JSON.stringify(wanted)}`)
}

interface Setting {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
  readonly scripts: boolean
}

/** The page opened, and everything it complained of or asked the network for since. */
const open = async (browser: Browser, file: string, setting: Setting) => {
  const context = await browser.newContext({
    viewport: { width: setting.width, height: 800 },
    colorScheme: setting.colorScheme,
    javaScriptEnabled: setting.scripts,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const address = `file://${resolve(file)}`
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`)
  })
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`))
  await page.goto(address)
  return { page, complaints, close: () => context.close() }
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

/** What axe finds, as "rule: element". */
const barriers = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
}

/** What can be pressed and is smaller than a finger. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input, summary')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.offsetHeight < 44)
      .map((element) => `${element.tagName} ${element.textContent} ${element.offsetHeight}`),
  )

/** Nothing from the diary has become an element, and every picture is drawn, named and made of numbers. */
const inspect = (page: Page) =>
  page.evaluate(() => {
    const svgs = [...document.querySelectorAll('figure svg[role="img"]')]
    const notNumbers = (element: Element): boolean =>
      element.getAttributeNames().some((name) => {
        return name !== 'aria-label' && /NaN|Infinity|undefined/.test(element.getAttribute(name) ?? '')
      })
    return {
      scripts: document.scripts.length,
      headings: document.querySelectorAll('h1').length,
      foreign: document.querySelectorAll('img, iframe, object, embed, link, form, base').length,
      notNumbers: svgs.filter((svg) => [...svg.querySelectorAll('*')].some(notNumbers)).length,
      unnamed: svgs.filter((svg) => (svg.getAttribute('aria-label') ?? '') === '').length,
      empty: [...document.querySelectorAll('figure')].filter((figure) => figure.querySelector('svg') === null).length,
    }
  })

const asItShouldBe = { scripts: 2, headings: 1, foreign: 0, notNumbers: 0, unnamed: 0, empty: 0 }

const lookAt = async (browser: Browser, file: string): Promise<void> => {
  for (const width of [320, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const name = `${basename(file)}, ${width} wide, ${colorScheme}`
      const { page, complaints, close } = await open(browser, file, { width, colorScheme, scripts: true })
      check(name, 'the page', await inspect(page), asItShouldBe)
      check(name, 'wider than the window', await overflow(page), 0)
      await unfold(page)
      check(name, 'wider than the window, unfolded', await overflow(page), 0)
      check(name, 'smaller than a finger', await tooSmall(page), [])
      check(name, 'barriers', await barriers(page), [])
      check(name, 'complaints', complaints, [])
      await close()
    }
  }
}

const withoutScripts = async (browser: Browser, file: string): Promise<void> => {
  const name = `${basename(file)}, without scripts`
  const { page, complaints, close } = await open(browser, file, { width: 320, colorScheme: 'light', scripts: false })
  check(name, 'wider than the window', await overflow(page), 0)
  const found = await page.evaluate(() => ({
    heading: (document.querySelector('h1')?.textContent ?? '').length > 0,
    room: [...document.querySelectorAll('figure')].reduce((sum, { offsetHeight }) => sum + offsetHeight, 0),
    pressable: document.querySelectorAll('button, input, select').length,
    hidden: [...document.querySelectorAll<HTMLElement>('main p, main li, main h2')].filter(
      (element) => element.closest('details, .picture') === null && element.offsetHeight === 0,
    ).length,
  }))
  check(name, 'the page', found, { heading: true, room: 0, pressable: 0, hidden: 0 })
  check(name, 'complaints', complaints, [])
  await close()
}

/** Everything that can be pressed is reached by Tab, in the order in which it is read, and seen to be. */
const byKeyboard = async (page: Page, name: string): Promise<void> => {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, select, input, summary, [tabindex="0"]')]
    const reachable = all.filter((element) => element.checkVisibility({ visibilityProperty: true }))
    for (const [i, element] of reachable.entries()) element.dataset.place = String(i)
    return reachable.length
  })
  const places: string[] = []
  const unseen: string[] = []
  for (let i = 0; i < wanted; ++i) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
      return { place: element.dataset.place ?? element.tagName, ring, what: element.outerHTML.slice(0, 60) }
    })
    places.push(focus.place)
    if (!focus.ring) unseen.push(focus.what)
  }
  check(name, 'the order of Tab', places, Array.from({ length: wanted }, (_, i) => String(i)))
  check(name, 'focus that is not seen', unseen, [])
}

const whatIf = async (page: Page, name: string): Promise<void> => {
  const slider = page.locator('#what-if-a')
  if ((await slider.count()) === 0) return
  const picture = page.locator('figure[data-chart="ripple"] .side-a .chart')
  const settled = async (): Promise<string> => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    return picture.innerHTML()
  }
  const before = await settled()
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  const after = await settled()
  check(name, 'a what-if by keys', { drawn: after !== before, said: await slider.getAttribute('aria-valuetext') }, {
    drawn: true,
    said: '1.04 times as fast',
  })
  await page.getByRole('button', { name: 'As it is' }).first().press('Enter')
  check(name, 'as it is again', (await settled()) === before, true)
  const framesPerSecond = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const moved = document.querySelector<HTMLInputElement>('#what-if-a')!
        const frames = 60
        let frame = 0
        const start = performance.now()
        const step = (): void => {
          moved.value = String(1 + (frame % 19))
          moved.dispatchEvent(new Event('input'))
          frame += 1
          if (frame < frames) requestAnimationFrame(step)
          else done((1000 * frames) / (performance.now() - start))
        }
        requestAnimationFrame(step)
      }),
  )
  console.log(`${name}: what-if at ${framesPerSecond.toFixed(0)} frames a second`)
  check(name, 'a what-if that moves', framesPerSecond > 5, true)
}

const oneDay = async (page: Page, name: string): Promise<void> => {
  const slider = page.locator('#weave-day')
  const words = page.locator('.day-words output')
  const rows = page.locator('figure[data-chart="weave"] [data-day]')
  if ((await rows.count()) < 2) return
  const before = await words.textContent()
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  const byKeys = await words.textContent()
  check(name, 'a day by keys', { said: byKeys !== before, marked: await page.locator('.chosen').count() }, {
    said: true,
    marked: 1,
  })
  await rows.first().click()
  check(name, 'a day by a tap', { said: (await words.textContent()) !== byKeys, at: await slider.inputValue() }, {
    said: true,
    at: '0',
  })
}

/** Earlier days and all of them, by keys; whatever is pressed, the keyboard keeps its place. */
const otherDays = async (page: Page, name: string): Promise<void> => {
  const first = (): Promise<string | null> =>
    page.locator('figure[data-chart="weave"] [data-day]').first().getAttribute('data-day')
  const before = await first()
  if ((await page.locator('.pager').count()) === 0) return
  await page.getByRole('button', { name: 'Earlier' }).press('Enter')
  const back = await first()
  await page.locator('.pager button').last().press('Enter')
  const whole = await first()
  await page.locator('.pager button').last().press('Enter')
  const focus = await page.evaluate(() => document.activeElement?.closest('.pager') !== null)
  check(name, 'other days', { back: Number(back) < Number(before), whole: Number(whole) <= Number(back), focus }, {
    back: true,
    whole: true,
    focus: true,
  })
  check(name, 'the latest days again', await first(), before)
}

const comforts = async (page: Page, name: string): Promise<void> => {
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await paper()
  await page.getByLabel('Colours').selectOption('dark')
  check(name, 'dark when asked for', (await paper()) !== light, true)
  await page.getByLabel('Colours').selectOption('')

  const card = page.locator('section.card').last()
  const height = (): Promise<number> => card.evaluate(({ offsetHeight }: HTMLElement) => offsetHeight)
  const whole = await height()
  const hide = card.locator('.hide')
  await hide.press('Enter')
  check(name, 'a hidden card is one line', (await height()) < 80, true)
  check(name, 'and says so', await hide.getAttribute('aria-expanded'), 'false')
  await hide.press('Enter')
  check(name, 'a card shown again', await height(), whole)
}

/** On paper: no buttons, and what belongs to a card open. */
const onPaper = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => {
    addEventListener('beforeprint', () => {
      document.body.dataset.folded = String(document.querySelectorAll('details.sure:not([open])').length)
    })
  })
  await page.pdf()
  await page.emulateMedia({ media: 'print' })
  const found = await page.evaluate(() => ({
    folded: document.body.dataset.folded,
    pressable: [...document.querySelectorAll('button, input, select')].filter((one) => one.checkVisibility()).length,
  }))
  check(name, 'on paper', found, { folded: '0', pressable: 0 })
}

const use = async (browser: Browser, file: string): Promise<void> => {
  const name = `${basename(file)}, used`
  const { page, complaints, close } = await open(browser, file, { width: 1280, colorScheme: 'light', scripts: true })
  const drawn = await page.evaluate(() => performance.getEntriesByName('selvedge:drawn')[0]?.duration ?? Infinity)
  const days = await page.evaluate(
    () => (JSON.parse(document.querySelector('#reading')?.textContent ?? '{}') as { days: unknown[] }).days.length,
  )
  const bytes = statSync(file).size
  console.log(`${name}: ${days} days, ${(bytes / 1000).toFixed(0)} kB, drawn in ${drawn.toFixed(0)} ms`)
  check(name, 'drawn', drawn < 5000, true)
  check(name, 'a year or less in 300 kB', days > 366 || bytes <= 300_000, true)
  await byKeyboard(page, name)
  await whatIf(page, name)
  await oneDay(page, name)
  await otherDays(page, name)
  await comforts(page, name)
  await onPaper(page, name)
  check(name, 'complaints', complaints, [])
  await close()
}

const words = process.argv.slice(2)
const cases = words[0] === '--cases' ? words.splice(0, 2)[1] : undefined
if (words.length === 0) {
  console.error('usage: node check_pages.ts [--cases COUNTS] PAGE…')
  process.exit(2)
}
const browser = await browserOf()
for (const file of words) {
  try {
    await lookAt(browser, file)
    await withoutScripts(browser, file)
    await use(browser, file)
  } catch (error) {
    // One page that cannot be used at all does not keep the others from being looked at.
    check(basename(file), 'using the page', String(error), '')
  }
}
await browser.close()
console.log(`${passed} passed, ${failed} failed`)
if (cases !== undefined) writeFileSync(cases, `${passed} ${failed} 0\n`)
process.exit(failed === 0 ? 0 : 1)
