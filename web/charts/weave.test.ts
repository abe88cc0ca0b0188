import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import content from '../../content/moments.json'
import { fixtures, someMonday, tell } from './fixtures'
import type { Reading } from './reading'
import { weave, weaveLegend, weaveSentence } from './weave'
import { lightColours } from './weave_colours'
import { placeOf, weaveLayout } from './weave_layout'
import { rowWords } from './weave_words'

/** What people see of a moment. */
const chip = (name: string): string =>
  content.moments.find((moment) => moment.name === name)?.chip ?? 'no such moment'

const everyFixture = Object.entries(fixtures)
const widths = [320, 360, 768, 1280]

type Point = readonly [x: number, y: number]

/** Where the pen is after each command of a path, all points on and beside it, and where its curves are halfway. */
const walk = (d: string): { readonly ends: Point[]; readonly all: Point[]; readonly halfway: Point[] } => {
  const [ends, all, halfway]: [Point[], Point[], Point[]] = [[], [], []]
  let [x, y] = [0, 0]
  for (const [, command = '', words = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = [...words.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(Number)
    if (command === 'V') numbers.unshift(x)
    const relative = command === command.toLowerCase()
    const points = Array.from({ length: numbers.length / 2 }, (_, index): Point => [
      (numbers[2 * index] ?? Number.NaN) + (relative ? x : 0),
      (numbers[2 * index + 1] ?? Number.NaN) + (relative ? y : 0),
    ])
    const [first, second, third] = points
    if (first !== undefined && second !== undefined && third !== undefined) {
      halfway.push([
        (x + 3 * first[0] + 3 * second[0] + third[0]) / 8,
        (y + 3 * first[1] + 3 * second[1] + third[1]) / 8,
      ])
    }
    ;[x, y] = points.at(-1) ?? [Number.NaN, Number.NaN]
    ends.push([x, y])
    all.push(...points)
  }
  return { ends, all, halfway }
}

const pathOf = (svg: string, id: string): string => new RegExp(`<path id="${id}" d="([^"]*)"`).exec(svg)?.[1] ?? ''

describe('the picture', () => {
  it('draws each thread where the numbers say', () => {
    const reading = fixtures['hard week'] as Reading
    const layout = weaveLayout(reading, { width: 768 })
    const svg = weave(reading, { width: 768 })
    for (const side of ['a', 'b'] as const) {
      const paths = pathOf(svg, `weave-${side}-crossing`).split(/(?=M)/)
      const threads = layout.threads.filter((thread) => thread.side === side).slice(0, paths.length)
      const off = paths.flatMap((path, index) => {
        const thread = threads[index]
        if (thread === undefined) return [Number.NaN]
        const { ends, halfway } = walk(path)
        return layout.rows.flatMap(({ y }, row) => {
          // Where a thread stays in its place for several rows it is drawn in one stroke.
          const at = ends.find(([, passed]) => Math.abs(passed - y) < 0.11)
          const between = halfway.find(([, passed]) => Math.abs(passed - y - layout.rowHeight / 2) < 0.11)
          return [
            ...(at === undefined ? [] : [Math.abs(at[0] - (thread.x[row] ?? Number.NaN))]),
            ...(between === undefined ? [] : [Math.abs(between[0] - placeOf(thread, row, 0.5))]),
          ]
        })
      })
      expect(off.filter((distance) => !(distance < 0.11))).toEqual([])
      expect(off.length).toBeGreaterThan(400)
      expect(paths).toHaveLength(8)
    }
  })

  it('has nothing outside of it and nothing that is not a number', () => {
    for (const [, reading] of everyFixture) {
      for (const width of widths) {
        const svg = weave(reading, { width, days: 400 })
        expect(svg).not.toMatch(/NaN|undefined|Infinity|null/)
        const [, w = 0, h = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number)
        for (const [, d = ''] of svg.matchAll(/<path(?! id="weave-[a-z]+" )[^>]* d="(M[^"]*)"/g)) {
          expect(walk(d).all.filter(([x, y]) => !(x >= 0 && x <= w && y >= 0 && y <= h))).toEqual([])
        }
      }
    }
  })

  it('is the same every time', () => {
    const reading = fixtures.ordinary as Reading
    expect(weave(reading, { width: 500 })).toBe(weave(reading, { width: 500 }))
  })

  it('is small: 60 kB for eight weeks, 250 kB for a year, with every answer given', () => {
    const full = (days: number): Reading => tell({ days, answers: [1, 1] })
    for (const width of widths) {
      expect(weave(full(56), { width }).length).toBeLessThan(60_000)
      expect(weave(full(365), { width, days: 365 }).length).toBeLessThan(250_000)
    }
  })

  it('has no letters below 11 pixels', () => {
    const sizes = [...weave(fixtures.alone as Reading, { width: 360 }).matchAll(/font-size="([\d.]+)"/g)]
    expect(sizes.length).toBeGreaterThan(5)
    for (const [, size] of sizes) expect(Number(size)).toBeGreaterThanOrEqual(11)
  })

  it('lets no label end an element', () => {
    const reading = fixtures.hostile as Reading
    for (const text of [weave(reading, { width: 360 }), weaveLegend(reading, { width: 360 })]) {
      expect(text).not.toMatch(/<img|<\/script|onerror="/)
      expect(text).toContain('&#60;/script&#62;')
    }
  })

  it('cuts a long label between letters people see', () => {
    const family = '👩‍👩‍👧'
    const reading = tell({ days: 3, labels: [family.repeat(20), 'Ben'] })
    const [, shown = ''] = /font-size="16"[^>]*>([^<]*)</.exec(weave(reading, { width: 360 })) ?? []
    expect(shown).toMatch(/…$/)
    expect(shown.slice(0, -1).replaceAll(family, '')).toBe('')
  })

  it('answers by day to who points at it', () => {
    const svg = weave(tell({ days: 3 }), { width: 360 })
    const days = [...svg.matchAll(/<rect data-day="(\d+)"/g)].map(([, day]) => Number(day))
    expect(days).toEqual([someMonday, someMonday + 1, someMonday + 2])
  })

  it('dashes the half of someone who is not in the diary, and says whose view it is', () => {
    const alone = weave(fixtures.alone as Reading, { width: 700 })
    expect(alone).toContain('>as I saw it<')
    expect(alone).toMatch(/href="#weave-b-staying"[^>]*stroke-dasharray="7 4"/)
    expect(alone).not.toMatch(/href="#weave-a-staying"[^>]*stroke-dasharray/)
    expect(weave(fixtures.happy as Reading, { width: 700 })).not.toContain('as I saw it')
  })

  it('says what one row is where it is a week, and that there are no days', () => {
    const year = fixtures.year as Reading
    expect(weave(year, { width: 700, days: 365 })).toContain('One row is a week')
    expect(weave(year, { width: 700 })).not.toContain('One row is a week')
    expect(weave(fixtures.nobody as Reading, { width: 700 })).toContain('No days yet')
  })

  it('hides a new day only when asked', () => {
    const reading = fixtures.happy as Reading
    expect(weave(reading, { width: 700, justAdded: true })).toContain('class="weave-shuttle"')
    expect(weave(reading, { width: 700 })).not.toContain('weave-shuttle')
  })

  it('begins every id with its own, so that two fit on a page', () => {
    const svg = weave(fixtures.happy as Reading, { width: 700, id: 'second' })
    for (const [, id = ''] of svg.matchAll(/(?: id="|url\(#|href="#)([^")]*)/g)) expect(id).toMatch(/^second-/)
  })
})

describe('colours', () => {
  it('are all in charts.css, where the light ones are those a picture brings itself', () => {
    const css = readFileSync(new URL('charts.css', import.meta.url), 'utf8')
    const found = css.matchAll(/--([\w-]+):.*light-dark\((#\w+),/g)
    const defined = new Map([...found].map(([, name, value]) => [name, value]))
    for (const [name, value] of Object.entries(lightColours)) expect([name, defined.get(name)]).toEqual([name, value])
    expect(defined.size).toBe(Object.keys(lightColours).length)
  })

  it('have no value in a picture beyond what stands in for charts.css', () => {
    for (const [, reading] of everyFixture) {
      const svg = weave(reading, { width: 700 }) + weaveLegend(reading, { width: 700 })
      expect(svg.replace(/var\(--[\w-]+,#\w+\)/g, '')).not.toMatch(/#[0-9a-f]{3,8}"/)
    }
  })
})

describe('the key', () => {
  const only = (days: Reading['days']): Reading => ({ ...tell({ days: 0 }), days })

  it('has what the picture has and nothing else', () => {
    const key = weaveLegend(
      only([{ day: 1, own_a: 50, own_b: 60, moments_a: [{ name: 'reached' }], moments_b: [{ name: 'boundary' }] }]),
      { width: 700 },
    )
    expect(key).toContain(chip('reached'))
    expect(key).toContain(chip('boundary'))
    for (const absent of [chip('was_reached'), 'Together', 'Undyed', 'Threads cross', 'plain line']) {
      expect(key).not.toContain(absent)
    }
    expect(weaveLegend(only([{ day: 1, own_a: 50, own_b: null, close_b: 30 }]), { width: 700 })).toMatch(
      /Undyed.*Threads cross.*plain line/,
    )
  })
})

describe('the key of one of two', () => {
  it('has nothing of the other but that they are dashed', () => {
    const key = weaveLegend(fixtures.alone as Reading, { width: 700 })
    expect(key).toContain('your partner: dashed, as I saw it.')
    expect(key).not.toContain('thread-b-6')
    expect(weaveLegend(fixtures.happy as Reading, { width: 700 })).not.toContain('dashed')
  })
})

describe('in words', () => {
  it('tells who answered how often, and the weeks that stand out', () => {
    const days = Array.from({ length: 14 }, (_, index) => ({
      day: someMonday + index,
      own_a: index < 7 ? 40 : 60,
      own_b: index === 3 ? null : index < 7 ? 70 : 65,
      close_a: index < 7 ? 50 : 80,
    }))
    expect(weaveSentence({ ...tell({ days: 0 }), days })).toBe(
      'In the 14 days from Monday 2 March 2026 to Sunday 15 March 2026, Ada answered on 14 and Ben on 13; ' +
        'the week that felt closest began on Monday 9 March 2026, Ada\'s hardest week on Monday 2 March 2026 ' +
        'and Ben\'s hardest week on Monday 9 March 2026.',
    )
  })

  it('points at no week where there are too few answers', () => {
    expect(weaveSentence(tell({ days: 1, answers: [1, 1], clock: 'day_numbers' }))).toBe(
      'On Day 1, Ada and Ben answered.',
    )
    expect(weaveSentence(tell({ days: 1, answers: [0, 0] }))).toBe('On Monday 2 March 2026, nobody answered.')
    expect(weaveSentence(tell({ days: 2, answers: [0, 0], clock: 'day_numbers' }))).toBe(
      'In the 2 days from Day 1 to Day 2, nobody answered.',
    )
    expect(weaveSentence(fixtures.nobody as Reading)).toBe('The weave has no days yet.')
  })

  it('tells a day', () => {
    const day = { day: someMonday, own_a: 61.4, own_b: null, close_a: 50, moments_a: [{ name: 'good_together' }] }
    const reading = { ...tell({ days: 0 }), days: [day, { day: someMonday + 1, own_a: null, own_b: 70 }] }
    const layout = weaveLayout(reading, { width: 700 })
    expect(layout.rows.map((row) => rowWords(reading, layout, row))).toEqual([
      `Monday 2 March 2026\nAda: 61 · ${chip('good_together')}\nBen: no answer\nClose: 50`,
      'Tuesday 3 March 2026\nAda: no answer\nBen: 70',
    ])
  })
})
