import { describe, expect, it } from 'vitest'
import { mapPicture, mapRows, mapWidth, polygonOf, wrapped } from './map'
import type { MapRegion, Place, Stand } from './map'
import type { Estimate } from './reading'

const around = (median: number, reach: number): Estimate => ({
  median,
  interval_50: [median - 0.4 * reach, median + 0.4 * reach],
  interval_90: [median - reach, median + reach],
})

/** A round cloud of standard deviation `sd`: half of it lies within 1.177 sd, nine tenths within 2.146 sd. */
const place = (autonomy: number, connection: number, sd: number, when = ''): Place => ({
  when,
  answers: 14,
  days: 0,
  autonomy: around(autonomy, 1.645 * sd),
  connection: around(connection, 1.645 * sd),
  covariance: 0,
  ellipses: [
    { mass: 0.5, long: 1.177 * sd, short: 1.177 * sd, angle: 0 },
    { mass: 0.9, long: 2.146 * sd, short: 2.146 * sd, angle: 0 },
  ],
})

const regions: readonly MapRegion[] = [
  {
    id: 'holding_on',
    word: 'holding on',
    centre: { autonomy: -1.2, connection: 0.5 },
    borders: [
      { autonomy: -1, connection: 0, at_least: 0.5 },
      { autonomy: 0, connection: 1, at_least: -0.5 },
    ],
    mass: 0.85,
  },
  {
    id: 'own_feet',
    word: 'on own feet, not yet close',
    centre: { autonomy: 1.3, connection: -0.2 },
    borders: [
      { autonomy: 1, connection: 0, at_least: 0.5 },
      { autonomy: 1, connection: 1, at_least: 0 },
      { autonomy: 0, connection: -1, at_least: -0.5 },
    ],
    mass: 0.02,
  },
]

const caption = 'Closer is not always the way; with someone unsafe, distance is good judgement.'

const stand: Stand = {
  status: 'shown',
  sentence: 'Lately, by 14 answers, you are likely leaning toward holding on.',
  strengths: 'Strengths first.',
  region: 'holding_on',
  now: place(-1.2, 0.5, 0.4),
  between: 0.1,
  moved: [],
  shading: { acts: 8, choice: around(0.25, 0.2), sentence: 'What you did came partly from choice.' },
  trail: [place(0.4, -0.9, 0.5, 'In March')],
  swing: null,
  poles: [],
  what_i_find: [],
  caption,
  about: 'This is about you with one person, in one season.',
  provisional: '',
  map: { id: 'two-axes', status: 'calibrated', regions },
}

const numbers = (svg: string, pattern: RegExp): number[] => [...svg.matchAll(pattern)].map((found) => Number(found[1]))

describe('the part of the frame inside borders', () => {
  it('is the frame without any', () => {
    expect(polygonOf([])).toHaveLength(4)
  })

  it('has the corners where borders cross', () => {
    expect(polygonOf(regions[0]?.borders ?? [])).toEqual(
      expect.arrayContaining([
        { autonomy: -0.5, connection: -0.5 },
        { autonomy: -2.6, connection: -0.5 },
        { autonomy: -0.5, connection: 2.6 },
        { autonomy: -2.6, connection: 2.6 },
      ]),
    )
  })

  it('keeps to every border and loses nothing: area of the strip under a slanted border', () => {
    const corners = polygonOf(regions[1]?.borders ?? [])
    const twice = corners.reduce((sum, p, i) => {
      const next = corners[(i + 1) % corners.length] ?? p
      return sum + p.autonomy * next.connection - next.autonomy * p.connection
    }, 0)
    // From 0.5 to 2.6 the strip runs from −autonomy up to 0.5: 2.1 × 0.5 + (2.6² − 0.5²) / 2.
    expect(Math.abs(twice) / 2).toBeCloseTo(2.1 * 0.5 + (2.6 ** 2 - 0.5 ** 2) / 2, 10)
  })

  it('is empty where borders leave nothing', () => {
    expect(
      polygonOf([
        { autonomy: 1, connection: 0, at_least: 1 },
        { autonomy: -1, connection: 0, at_least: 0 },
      ]),
    ).toHaveLength(0)
  })
})

describe('the map', () => {
  const svg = mapPicture(stand)

  it('says in words what it shows, with the caption, to those who do not see it', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]*leaning toward holding on[^"]*distance is good judgement/)
  })

  it('carries its caption where it is seen', () => {
    for (const line of wrapped(caption, 47)) expect(svg).toContain(line)
  })

  it('puts more own ground to the right and a more open door upward', () => {
    const centre = (s: Stand): [number, number] => {
      const found = /<ellipse cx="([\d.]+)" cy="([\d.]+)"/.exec(mapPicture({ ...s, trail: [] }))
      return [Number(found?.[1]), Number(found?.[2])]
    }
    const [x, y] = centre(stand)
    const [right, up] = centre({ ...stand, now: place(0.2, 1.1, 0.4) })
    expect(right).toBeGreaterThan(x)
    expect(up).toBeLessThan(y)
    expect(right - x).toBeCloseTo((1.4 * 282) / 5.2, 1)
  })

  it('draws both clouds in one scale with the axes', () => {
    const radii = numbers(mapPicture({ ...stand, trail: [], shading: null }), /rx="([\d.]+)"/g)
    expect(radii[0]).toBeCloseTo((2.146 * 0.4 * 282) / 5.2, 1)
    expect(radii[1]).toBeCloseTo((1.177 * 0.4 * 282) / 5.2, 1)
  })

  it('turns a slanted cloud against the screen, whose y runs down', () => {
    const slanted = { ...stand.now, ellipses: stand.now.ellipses.map((e) => ({ ...e, angle: Math.PI / 6 })) }
    expect(mapPicture({ ...stand, now: slanted, trail: [] })).toContain('rotate(-30 ')
  })

  it('hatches more closely the more came from worry, and not at all when all came from choice', () => {
    const gap = (median: number): number | undefined =>
      numbers(mapPicture({ ...stand, shading: { acts: 8, choice: around(median, 0.1), sentence: 's.' } }), /pattern id="map-hatch" width="([\d.]+)"/g)[0]
    expect(gap(0.2)).toBeLessThan(gap(0.7) ?? 0)
    expect(gap(0.99)).toBeUndefined()
    expect(mapPicture({ ...stand, shading: null })).not.toMatch(/hatch|choice</)
  })

  it('marks the region named by weight and a whole border, not by colour alone', () => {
    expect(svg).toMatch(/font-weight="700"[^>]*>holding on</)
    expect(mapPicture({ ...stand, region: null })).not.toContain('font-weight="700"')
  })

  it('names the oldest season of the trail', () => {
    expect(svg).toContain('>In March<')
    expect(mapPicture({ ...stand, trail: [] })).not.toContain('In March')
  })

  it('keeps the name of a season inside the frame, wherever its cloud lies', () => {
    for (const autonomy of [-2.6, 0, 2.6]) {
      for (const connection of [-2.6, 0, 2.6]) {
        const drawn = mapPicture({ ...stand, trail: [place(autonomy, connection, 0.5, 'Until 26 April 2026')] })
        const words = [...drawn.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>(Until 26|April 2026)</g)]
        expect(words).toHaveLength(2)
        for (const [, x, y, word = ''] of words) {
          expect(Number(x) - 3.6 * word.length).toBeGreaterThanOrEqual(30)
          expect(Number(x) + 3.6 * word.length).toBeLessThanOrEqual(312)
          expect(Number(y)).toBeGreaterThan(8 + 12)
          expect(Number(y)).toBeLessThan(290)
        }
      }
    }
  })

  it('stays on the narrowest screen', () => {
    expect(mapWidth).toBeLessThanOrEqual(320)
    for (const x of numbers(svg, / x="([-\d.]+)"/g)) expect(x).toBeLessThanOrEqual(mapWidth)
    for (const size of numbers(svg, /font-size="([\d.]+)"/g)) expect(size).toBeGreaterThanOrEqual(12)
  })

  it('lets no season end an element', () => {
    const hostile = mapPicture({ ...stand, trail: [place(0, 0, 1, '</text><script>x()</script>')] })
    expect(hostile).not.toContain('<script')
  })

  it('keeps two pictures of one page apart', () => {
    expect(mapPicture(stand, 'mine')).not.toMatch(/#map-|"map-/)
  })

  it('has every number of the picture in rows', () => {
    expect(mapRows(stand).map((row) => row.what)).toEqual([
      'own ground, now',
      'open door, now',
      'own ground, In March',
      'open door, In March',
      'from choice',
    ])
    expect(mapRows(stand)[0]).toMatchObject({ middle: -1.2 })
  })
})

describe('a map that is not shown', () => {
  const sentence = 'This picture is not shown now. There can be many reasons, and none of them says anything about you.'

  it('is that sentence, and nothing else is drawn', () => {
    const svg = mapPicture({ status: 'not_shown', sentence })
    expect(svg).not.toMatch(/<(path|ellipse|rect|pattern)/)
    expect([...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((found) => found[1]).join(' ')).toBe(sentence)
    expect(mapRows({ status: 'not_shown', sentence })).toEqual([])
  })
})
