import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import content from '../../content/moments.json'
import { fixtures, someMonday, tell } from './fixtures'
import type { Reading } from './reading'
import { weave, weaveCaption, weaveLegend, weaveSentence } from './weave'
import { lightColours } from './weave_colours'
import { placeOf, weaveLayout } from './weave_layout'
import { families } from './weave_stitches'
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

describe('bare warp', () => {
  const picture = (days: Reading['days']): string => weave({ ...tell({ days: 0 }), days }, { width: 700 })
  const both = { own_a: 50, own_b: 50, close_a: 60 }
  /** From where to where the threads of a name are dyed. */
  const dyedOf = (svg: string, name: string): readonly number[] => {
    const [, d = ''] = new RegExp(`<clipPath id="${name}-rows"><path d="([^"]*)"`).exec(svg) ?? []
    return walk(d).ends.flatMap(([x, y]) => (x === 0 ? [y] : []))
  }

  it('is where somebody has no answer, from halfway to the row before to halfway to the next', () => {
    const days = [{ day: 1, ...both }, { day: 2, ...both, own_a: null }, { day: 3, ...both }]
    const svg = picture(days)
    const { rows, rowHeight } = weaveLayout({ ...tell({ days: 0 }), days }, { width: 700 })
    const [, from = 0, to = 0] = dyedOf(svg, 'weave-a')
    expect(from).toBeCloseTo((rows[1]?.y ?? 0) - rowHeight / 2, 0)
    expect(to).toBeCloseTo((rows[1]?.y ?? 0) + rowHeight / 2, 0)
    expect(dyedOf(svg, 'weave-b')).toEqual([])
    expect(svg).toMatch(/<use href="#weave-a-staying" stroke="url\(#weave-bare\)"/)
    expect(svg).not.toMatch(/<use href="#weave-b-staying" stroke="url\(#weave-bare\)"/)
  })

  it('is two fifths as wide as yarn', () => {
    const svg = picture([{ day: 1, ...both, own_a: null }, { day: 2, ...both }])
    const widthOf = (stroke: string): number =>
      Number(new RegExp(`#weave-a-staying" stroke="url\\(#${stroke}\\)" stroke-width="([\\d.]+)"`).exec(svg)?.[1])
    expect(widthOf('weave-bare') / widthOf('weave-a')).toBeCloseTo(0.4, 2)
  })

  it('is in the middle alone where only closeness was not noted', () => {
    const svg = picture([{ day: 1, ...both }, { day: 2, own_a: 50, own_b: 50 }])
    expect(dyedOf(svg, 'weave-a-inner')).toHaveLength(2)
    expect(dyedOf(svg, 'weave-b-inner')).toHaveLength(2)
    expect(svg).toMatch(/<use href="#weave-b-crossing" [^>]*stroke="url\(#weave-bare\)"/)
    expect(svg).not.toMatch(/<use href="#weave-[ab]-staying" stroke="url\(#weave-bare\)"/)
  })

  it('is all there is of someone who noted moments alone', () => {
    const svg = picture([{ day: 1, own_a: 50, own_b: null, moments_b: [] }])
    expect(svg).toMatch(/<use href="#weave-b-staying" stroke="url\(#weave-bare\)"/)
    expect(svg).not.toContain('url(#weave-b)')
  })

  it('refers to nothing that the picture does not have', () => {
    const bare = picture([{ day: 1, own_a: null, own_b: null, close_a: 40, moments_b: [] }])
    const drawn = everyFixture.map(([, reading]) => weave(reading, { width: 700, days: 400 }))
    for (const svg of [bare, ...drawn]) {
      const ids = new Set([...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))
      const used = [...svg.matchAll(/(?:url\(#|href="#)([^")]*)/g)].map(([, id]) => id)
      expect(used.filter((id) => !ids.has(id))).toEqual([])
    }
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
    for (const absent of [chip('was_reached'), 'Together', 'without colour', 'Threads cross', 'plain line']) {
      expect(key).not.toContain(absent)
    }
    expect(weaveLegend(only([{ day: 1, own_a: 50, own_b: null, close_b: 30 }]), { width: 700 })).toMatch(
      /no answer.*Threads cross.*plain line/,
    )
  })

  it('says once, above the stitches, whose they are and that none is owed', () => {
    const note = 'The signs on each half were noted by that person. No sign is good or bad, and no day has to have one.'
    const key = weaveLegend(fixtures.happy as Reading, { width: 700 })
    expect(key.split(note)).toHaveLength(2)
    expect(key.indexOf(note)).toBeGreaterThan(key.indexOf('A soft loop'))
    expect(key.indexOf(note)).toBeLessThan(key.indexOf('<b>'))
    expect(weaveLegend(fixtures['nobody noted moments'] as Reading, { width: 700 })).not.toContain('No sign')
  })

  it('has a shape of its own for every family', () => {
    const moments = families.map((family) => ({ name: family.moments[0] ?? '' }))
    const key = weaveLegend(only([{ day: 1, own_a: 50, own_b: 60, moments_a: moments }]), { width: 700 })
    const shapes = [...key.matchAll(/<path id="weave-key-(\w+)" d="([^"]+)"/g)]
    expect(shapes.map(([, id]) => id)).toEqual(families.map(({ id }) => id))
    expect(new Set(shapes.map(([, , d]) => d)).size).toBe(families.length)
  })

  it('shows which way a stitch points, on the halves it is on', () => {
    const back = { name: 'withdrew' }
    const turns = (key: string): readonly string[] => [
      ...new Set([...key.matchAll(/matrix\((-?5) 0 0 5/g)].map(([, turn = '']) => turn)),
    ]
    const day = { day: 1, own_a: 50, own_b: 60 }
    const inBoth = weaveLegend(only([{ ...day, moments_a: [back], moments_b: [back] }]), { width: 700 })
    expect(inBoth).toContain('(points towards one&#39;s own edge)')
    expect(turns(inBoth)).toEqual(['5', '-5'])
    expect(turns(weaveLegend(only([{ ...day, moments_b: [back] }]), { width: 700 }))).toEqual(['-5'])
  })

  it('speaks of a loop as of what a day had', () => {
    const day = { day: 1, own_a: 50, own_b: 60, moments_a: [] }
    expect(weaveLegend(only([{ ...day, moments_b: [{ name: 'own_time' }] }]), { width: 700 })).toMatch(
      /A firm edge: a day with something of one&#39;s own noted\..*A soft loop: a day without such a note\./,
    )
    expect(weaveLegend(only([day]), { width: 700 })).toContain('A soft loop: a day on which moments were looked at.')
  })

  it('tells a day that was not close from one on which nobody noted it', () => {
    const words = 'Only the inner threads without colour: closeness was not noted.'
    expect(weaveLegend(fixtures['closeness at times'] as Reading, { width: 700 })).toContain(words)
    expect(weaveLegend(fixtures['feelings alone'] as Reading, { width: 700 })).not.toContain(words)
    const far = only([{ day: 1, own_a: 50, own_b: 60, close_a: 0 }])
    expect(weaveLegend(far, { width: 700 })).not.toContain(words)
    expect(weaveLegend(far, { width: 700 })).toContain('Few or none crossing: less close.')
  })
})

describe('the key of one of two', () => {
  it('has nothing of the other but that they are dashed', () => {
    const key = weaveLegend(fixtures.alone as Reading, { width: 700 })
    expect(key).toContain('Your partner: dashed, as I saw it. How they felt is theirs to say.')
    expect(key).toContain('as far as the day felt close, as I saw it.')
    expect(key).not.toContain('your partner')
    expect(key).not.toContain('each half')
    expect(key).not.toContain('thread-b-6')
    const days = [{ day: 1, own_a: 50, own_b: null, close_a: 60 }, { day: 2, own_a: 50, own_b: null }]
    const seldom = weaveLegend({ ...tell({ days: 0 }), days }, { width: 700 })
    const theirs = [...seldom.matchAll(/<path [^>]*thread-b-[^>]*>/g)].map(([path]) => path)
    expect(theirs.length).toBeGreaterThan(2)
    for (const path of theirs) expect(path).toContain('stroke-dasharray')
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

  it('says above the picture how to read it', () => {
    const caption = (name: string, days = 56): string => weaveCaption(fixtures[name] as Reading, { width: 700, days })
    expect(caption('happy')).toBe(
      'A row is a day. Pale is a good day, deep a hard one. The threads cross as far as the day felt close.',
    )
    expect(caption('year', 365)).toBe(
      'A row is a week, by its mean. Pale is a good week, deep a hard one. ' +
        'The threads cross as far as the week felt close.',
    )
    expect(caption('alone')).toBe(
      'A row is a day. Pale is a good day, deep a hard one. ' +
        'The threads cross as far as the day felt close to the one who noted it. ' +
        'The dashed half says nothing of how the other felt.',
    )
    expect(caption('feelings alone')).toBe(
      'A row is a day. Pale is a good day, deep a hard one. ' +
        'How close it felt was not noted, so the halves lie side by side.',
    )
    expect(caption('nobody')).toBe('')
  })

  it('tells a day', () => {
    const day = { day: someMonday, own_a: 61.4, own_b: null, close_a: 50, moments_a: [{ name: 'good_together' }] }
    const reading = { ...tell({ days: 0 }), days: [day, { day: someMonday + 1, own_a: null, own_b: 70 }] }
    const layout = weaveLayout(reading, { width: 700 })
    expect(layout.rows.map((row) => rowWords(reading, layout, row))).toEqual([
      `Monday 2 March 2026\nAda: 61 · ${chip('good_together')}\nBen: no answer\nClose: 50`,
      'Tuesday 3 March 2026\nAda: no answer\nBen: 70\nClose: not noted',
    ])
  })
})
