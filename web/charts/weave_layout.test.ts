import { describe, expect, it } from 'vitest'
import content from '../../content/moments.json'
import { fixtures, randomFrom, someMonday, tell } from './fixtures'
import { type Day, type Moment, type Reading, type Side, sides } from './reading'
import {
  daysOf,
  depthOf,
  edgeOf,
  groupByWeek,
  highestLevel,
  levelOf,
  mostDayRows,
  paceOf,
  placeOf,
  shift,
  type Thread,
  threadsPerSide,
  weaveLayout,
  type WeaveLayout,
} from './weave_layout'
import { families, familyOf } from './weave_stitches'

const readingOf = (days: readonly Day[]): Reading => ({ ...tell({ days: 0 }), days })

/** A diary of one day after another, as each is given. */
const diary = (days: readonly Partial<Day>[]): Reading =>
  readingOf(days.map((day, index) => ({ day: someMonday + index, own_a: 60, own_b: 60, ...day })))

const threadsOf = (layout: WeaveLayout, side: Side): readonly Thread[] =>
  layout.threads.filter((thread) => thread.side === side)

/** Places across, in slots from the middle. */
const slotsOn = (layout: WeaveLayout, side: Side, row = 0): readonly number[] =>
  threadsOf(layout, side).map(({ x }) => ((x[row] ?? Number.NaN) - layout.middle) / layout.slot)

/** How many threads of a lie beyond the first of b's. */
const crossed = (layout: WeaveLayout, row = 0): number => {
  const first = Math.min(...slotsOn(layout, 'b', row))
  return slotsOn(layout, 'a', row).filter((x) => x > first).length
}

const swapped = (reading: Reading): Reading => ({
  ...reading,
  sides: { a: reading.sides.b, b: reading.sides.a },
  days: reading.days.map((day) => ({
    day: day.day,
    own_a: day.own_b,
    own_b: day.own_a,
    ...(day.close_b === undefined ? {} : { close_a: day.close_b }),
    ...(day.close_a === undefined ? {} : { close_b: day.close_a }),
    ...(day.moments_b === undefined ? {} : { moments_a: day.moments_b }),
    ...(day.moments_a === undefined ? {} : { moments_b: day.moments_a }),
  })),
})

/** Any reading that may come: gaps, odd clocks, few answers, many or no moments. */
const anyReading = (seed: number): Reading => {
  const random = randomFrom(seed)
  const perhaps = <T>(value: T, chance: number): T | undefined => (random() < chance ? value : undefined)
  const chance = random()
  const names = content.moments.map(({ name }) => name)
  const moments = (): readonly Moment[] =>
    Array.from({ length: Math.floor(4 * random()) }, () => ({
      name: names[Math.floor(names.length * random())] ?? 'boundary',
    }))
  const days: Day[] = []
  let day = Math.floor(40000 * (random() - 0.5))
  const length = Math.floor(200 * random() ** 2)
  while (days.length < length) {
    day += random() < 0.05 ? 1 + Math.floor(20 * random()) : 1
    const one: Record<string, unknown> = { day, own_a: perhaps(100 * random(), chance) ?? null }
    one.own_b = perhaps(100 * random(), chance) ?? null
    for (const side of sides) {
      const close = perhaps(100 * random(), chance)
      if (close !== undefined) one[`close_${side}`] = close
      if (random() < chance) one[`moments_${side}`] = moments()
    }
    days.push(one as unknown as Day)
  }
  return { ...readingOf(days), clock: random() < 0.5 ? 'day_numbers' : 'days_since_1970_01_01' }
}
const manyReadings = Array.from({ length: 120 }, (_, index) => anyReading(index + 1))

describe('closeness', () => {
  it('is a level for each ten points', () => {
    expect([0, 4, 5, 20, 50, 54, 55, 100].map(levelOf)).toEqual([-2, -2, -1, 0, 3, 3, 4, 8])
  })

  it('is how many threads of each run among the others', () => {
    for (const [close, count] of [
      [0, 0],
      [20, 0],
      [30, 1],
      [50, 3],
      [100, highestLevel],
    ] as const) {
      expect(crossed(weaveLayout(diary([{ close_a: close, close_b: close }]), { width: 700 }))).toBe(count)
    }
  })

  it('is the mean of what both noted, and what one noted alone', () => {
    const layout = weaveLayout(diary([{ close_a: 40, close_b: 80 }, { close_b: 80 }]), { width: 700 })
    expect(layout.rows.map(({ close }) => close)).toEqual([60, 80])
    expect(layout.rows.map(({ level }) => level)).toEqual([4, 6])
  })

  it('opens the cloth when it was far, and only then', () => {
    const opening = (close: Partial<Day>): number => {
      const layout = weaveLayout(diary([close]), { width: 700 })
      return Math.min(...slotsOn(layout, 'b')) - Math.max(...slotsOn(layout, 'a'))
    }
    expect(opening({ close_a: 0 })).toBeCloseTo(1 + 2 * 1.4, 9)
    expect(opening({ close_a: 20 })).toBeCloseTo(1, 9)
    expect(opening({})).toBeCloseTo(1, 9)
  })

  it('fills every slot with one thread, at every level from which the cloth is closed', () => {
    for (let level = 0; level <= highestLevel; level += 1) {
      const layout = weaveLayout(diary([{ close_a: 10 * (level + 2) }]), { width: 700 })
      const found = [...slotsOn(layout, 'a'), ...slotsOn(layout, 'b')].sort((one, other) => one - other)
      found.forEach((x, index) => expect(x).toBeCloseTo(index - threadsPerSide + 0.5, 9))
    }
  })

  it('leads from one noted day to the next, level before the first and after the last', () => {
    const noted = [undefined, 40, undefined, undefined, 70, undefined]
    const days = noted.map((close) => (close === undefined ? {} : { close_a: close }))
    const layout = weaveLayout(diary(days), { width: 700 })
    expect(layout.rows.map(({ level }) => level)).toEqual([2, 2, 3, 4, 5, 5])
    expect(layout.rows.map(({ close }) => close)).toEqual([null, 40, null, null, 70, null])
  })

  it('that nobody noted leaves the two side by side', () => {
    const layout = weaveLayout(diary([{}, {}, {}]), { width: 700 })
    expect(layout.closenessNoted).toBe(false)
    expect(layout.rows.map(({ level }) => level)).toEqual([0, 0, 0])
    expect(layout.crossings).toEqual([])
  })

  it('moves the outer threads of nobody', () => {
    expect(shift(highestLevel, highestLevel)).toBe(0)
    expect(shift(0, highestLevel)).toBe(highestLevel)
    expect(shift(6, -2)).toBeCloseTo(0, 9)
  })
})

describe('threads between rows', () => {
  it('stay between the rows they lead from and to', () => {
    // Collected instead of expected one by one, of which there are millions.
    const outside: unknown[] = []
    for (const reading of manyReadings) {
      for (const thread of weaveLayout(reading, { width: 500 }).threads) {
        for (let row = 0; row + 1 < thread.x.length; row += 1) {
          const ends = [thread.x[row] ?? Number.NaN, thread.x[row + 1] ?? Number.NaN]
          for (const t of [0, 0.2, 0.5, 0.8, 1]) {
            const x = placeOf(thread, row, t)
            if (!(x >= Math.min(...ends) - 1e-9 && x <= Math.max(...ends) + 1e-9)) outside.push({ ends, t, x })
          }
        }
      }
    }
    expect(outside).toEqual([])
  })

  it('change as fast as their pace says', () => {
    const [thread] = weaveLayout(fixtures.ordinary as Reading, { width: 700 }).threads
    if (thread === undefined) throw new Error('no thread')
    const step = 1e-5
    for (let row = 0; row + 1 < thread.x.length; row += 1) {
      for (const t of [0.1, 0.5, 0.9]) {
        const change = (placeOf(thread, row, t + step) - placeOf(thread, row, t - step)) / (2 * step)
        expect(paceOf(thread, row, t)).toBeCloseTo(change, 5)
      }
    }
  })

  it('change places where they cross, as often as levels are passed', () => {
    // From side by side to level 3: thread i of one crosses thread j of the other if i + j < 3.
    const layout = weaveLayout(diary([{ close_a: 20 }, { close_a: 50 }]), { width: 700 })
    const pairs = layout.crossings.map(({ index }) => [index.a, index.b])
    expect(pairs).toEqual([[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [2, 0]])
    for (const { row, at, index } of layout.crossings) {
      const [a, b] = sides.map((side) => threadsOf(layout, side)[index[side]] as Thread) as [Thread, Thread]
      expect(placeOf(a, row, at)).toBeCloseTo(placeOf(b, row, at), 0)
    }
    expect(new Set(layout.crossings.map(({ over }) => over))).toEqual(new Set(['a', 'b']))
  })
})

describe('depth', () => {
  it('is a step for each ten points, palest from 80 and deepest below 30', () => {
    expect([100, 80, 79.9, 70, 65, 55, 45, 30, 29.9, 0].map(depthOf)).toEqual([1, 1, 2, 2, 3, 4, 5, 6, 7, 7])
  })

  it('is not there on a day without an answer', () => {
    const layout = weaveLayout(diary([{ own_a: null, own_b: 90 }]), { width: 700 })
    expect(layout.rows[0]?.depth).toEqual({ a: null, b: 1 })
  })
})

describe('edges', () => {
  it('are firm with own ground, soft with other moments or none, and quiet where nothing was noted', () => {
    const firm: readonly Moment[] = [
      { name: 'boundary' },
      { name: 'own_time', guilt: 'much' },
      { name: 'noticed_first' },
      { name: 'left_it_with_them' },
      { name: 'sorted_it_myself' },
      { name: 'practice' },
      { name: 'opened_up', landed: 'badly' },
      { name: 'conflict', voiced: 'yes' },
    ]
    for (const moment of firm) expect(edgeOf([{ name: 'held_back' }, moment])).toBe('firm')
    expect(edgeOf([{ name: 'conflict', voiced: 'no' }])).toBe('soft')
    expect(edgeOf([{ name: 'conflict' }, { name: 'withdrew' }])).toBe('soft')
    expect(edgeOf([])).toBe('soft')
    expect(edgeOf(undefined)).toBe('quiet')
  })

  it('lie outside the cloth, one for each day and person', () => {
    const layout = weaveLayout(diary([{ moments_a: [{ name: 'boundary' }] }, { moments_b: [] }]), { width: 700 })
    expect(layout.edges.map(({ side, state }) => `${side} ${state}`)).toEqual([
      'a firm',
      'a quiet',
      'b quiet',
      'b soft',
    ])
    for (const { side, x } of layout.edges) expect(side === 'a' ? x < layout.left : x > layout.right).toBe(true)
  })
})

describe('stitches', () => {
  it('have a family for every moment people can log, and for nothing else', () => {
    const inFamilies = families.flatMap(({ moments }) => moments)
    expect(inFamilies.toSorted()).toEqual(content.moments.map(({ name }) => name).toSorted())
    expect(familyOf('of a later version')).toBeUndefined()
  })

  it('lie on the half of who noted them, own ground nearest their edge', () => {
    const moments = families.map((family) => ({ name: family.moments[0] ?? '' }))
    const layout = weaveLayout(diary([{ moments_a: moments, moments_b: moments }]), { width: 360 })
    const across = (side: Side): readonly number[] =>
      layout.stitches.filter((stitch) => stitch.side === side).map(({ x }) => x)
    expect(across('a')).toEqual(across('a').toSorted((one, other) => one - other))
    expect(across('b')).toEqual(across('b').toSorted((one, other) => other - one))
    const clear = layout.middle - highestLevel * layout.slot - layout.stitchRadius
    expect(Math.max(...across('a'))).toBeLessThanOrEqual(clear)
    expect(across('a')).toHaveLength(families.length)
  })

  it('do not lie on one another, in the narrowest picture too', () => {
    const moments = families.map((family) => ({ name: family.moments[0] ?? '' }))
    for (const width of [320, 360, 1280]) {
      const layout = weaveLayout(diary([{ moments_a: moments }]), { width })
      const places = layout.stitches.map(({ x }) => x)
      for (const [index, x] of places.slice(1).entries()) {
        expect(x - (places[index] ?? x)).toBeGreaterThanOrEqual(2 * layout.stitchRadius)
      }
      expect(layout.stitchRadius).toBeGreaterThan(4)
    }
  })

  it('keep apart what left unsaid, came from outside, or was between two', () => {
    const together = (one: string, other: string): boolean => familyOf(one) === familyOf(other)
    expect(together('held_back', 'said_yes_empty')).toBe(true)
    expect(together('conflict', 'said_sorry')).toBe(true)
    expect(together('held_back', 'said_sorry')).toBe(false)
    expect(together('conflict', 'outside_stress')).toBe(false)
    expect(together('reached', 'was_reached')).toBe(false)
  })

  it('are one for a family on a day, and a moment from a later version is none', () => {
    const moments = [{ name: 'boundary' }, { name: 'own_time' }, { name: 'of a later version' }]
    expect(weaveLayout(diary([{ moments_a: moments }]), { width: 700 }).stitches).toHaveLength(1)
  })
})

describe('which days', () => {
  const long = tell({ days: 100 })

  it('are the last eight weeks unless told', () => {
    const days = daysOf(long, {})
    expect(days).toHaveLength(56)
    expect(days.at(-1)).toBe(long.days.at(-1))
  })

  it('can begin earlier, and stay within the diary', () => {
    expect(daysOf(long, { from: someMonday + 7, days: 14 }).map(({ day }) => day - someMonday)).toEqual(
      Array.from({ length: 14 }, (_, index) => index + 7),
    )
    expect(daysOf(long, { from: 0, days: 7 })[0]).toBe(long.days[0])
    expect(daysOf(long, { from: someMonday + 98 })).toHaveLength(2)
    expect(daysOf(tell({ days: 0 }), {})).toEqual([])
  })

  it('include those that the diary leaves out', () => {
    const [first, , third] = tell({ days: 3 }).days
    const days = daysOf(readingOf([first as Day, third as Day]), {})
    expect(days[1]).toEqual({ day: someMonday + 1, own_a: null, own_b: null })
  })

  it('begin their weeks on Mondays, before 1970 too, or with the first', () => {
    const days = (from: number): readonly Day[] =>
      Array.from({ length: 9 }, (_, index) => ({ day: from + index, own_a: null, own_b: null }))
    const lengths = (from: number, clock: Reading['clock']): readonly number[] =>
      groupByWeek(days(from), clock).map((week) => week.length)
    expect(lengths(someMonday, 'days_since_1970_01_01')).toEqual([7, 2])
    expect(lengths(someMonday - 1, 'days_since_1970_01_01')).toEqual([1, 7, 1])
    expect(lengths(-3, 'days_since_1970_01_01')).toEqual([7, 2])
    expect(lengths(5, 'day_numbers')).toEqual([7, 2])
  })
})

describe('a long diary', () => {
  it('has a row for each week, with the mean of its answers', () => {
    const days = mostDayRows + 14
    const first = [30, 50, null, null, null, null, null].map((own) => ({ own_a: own, close_b: 50 }))
    const reading = diary([...first, ...Array.from({ length: days - 7 }, () => ({}))])
    const layout = weaveLayout(reading, { width: 700, days })
    expect(layout.daysPerRow).toBe(7)
    expect(layout.rows).toHaveLength(days / 7)
    expect(layout.rows[0]).toMatchObject({ own: { a: 40, b: 60 }, depth: { a: 5, b: 3 }, close: 50 })
    expect(layout.edges).toHaveLength(2 * days)
  })

  it('says on how many days of the week a stitch was noted', () => {
    const noted = { moments_a: [{ name: 'boundary' }] }
    const reading = diary(Array.from({ length: 140 }, (_, index) => (index < 3 ? noted : {})))
    expect(weaveLayout(reading, { width: 700, days: 140 }).stitches).toMatchObject([{ side: 'a', family: 0, days: 3 }])
  })

  it('names months, and a year where it begins', () => {
    const layout = weaveLayout(fixtures.year as Reading, { width: 700, days: 365 })
    const names = layout.rows.flatMap(({ name }) => name ?? [])
    expect(names).toEqual(['Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', '2027', 'Feb', 'Mar'])
  })

  it('has days by the week: as dates on Mondays, as numbers from the first', () => {
    const names = (reading: Reading): readonly string[] =>
      weaveLayout(reading, { width: 700 }).rows.flatMap(({ name }) => name ?? [])
    expect(names(tell({ days: 15 }))).toEqual(['2 Mar', '9 Mar', '16 Mar'])
    expect(names(tell({ days: 15, clock: 'day_numbers' }))).toEqual(['day 1', 'day 8', 'day 15'])
  })
})

describe('one of two', () => {
  it('is unseen if the diary has nothing of theirs', () => {
    expect(weaveLayout(fixtures.alone as Reading, { width: 700 }).unseen).toEqual({ a: false, b: true })
    expect(weaveLayout(fixtures.happy as Reading, { width: 700 }).unseen).toEqual({ a: false, b: false })
  })
})

describe('any reading', () => {
  it('lies within the picture', () => {
    for (const [index, reading] of manyReadings.entries()) {
      const width = 240 + 11 * index
      const layout = weaveLayout(reading, { width, days: 56 + 3 * index })
      const half = layout.threadWidth / 2
      const marks = [
        ...layout.threads.flatMap(({ x }) =>
          x.flatMap((place, row) => [-half, half].map((side) => [place + side, layout.rows[row]?.y ?? Number.NaN])),
        ),
        ...layout.edges.flatMap(({ x, top, bottom }) => [top, bottom].map((y) => [x, y])),
        ...layout.stitches.map(({ x, y }) => [x, y]),
      ]
      const isInside = ([x = Number.NaN, y = Number.NaN]: readonly number[]): boolean =>
        x >= 0 && x <= layout.width && y >= 0 && y <= layout.height
      expect(marks.filter((mark) => !isInside(mark))).toEqual([])
      expect(layout.crossings.filter(({ at, reach }) => !(at >= 0 && at <= 1 && reach > 0))).toEqual([])
    }
  })

  it('is mirrored when the two change sides', () => {
    for (const reading of manyReadings.slice(0, 40)) {
      const [one, other] = [weaveLayout(reading, { width: 700 }), weaveLayout(swapped(reading), { width: 700 })]
      const mirror = (x: number): number => 2 * one.middle - x
      expect(other.middle).toBe(one.middle)
      for (const side of sides) {
        const partner = side === 'a' ? 'b' : 'a'
        threadsOf(one, side).forEach(({ x }, index) => {
          const their = threadsOf(other, partner)[index]?.x ?? []
          expect(x.filter((place, row) => !(Math.abs((their[row] ?? Number.NaN) - mirror(place)) < 1e-9))).toEqual([])
        })
        const edges = (layout: WeaveLayout, whose: Side) => layout.edges.filter((edge) => edge.side === whose)
        expect(edges(other, partner).map(({ state }) => state)).toEqual(edges(one, side).map(({ state }) => state))
        const stitches = (layout: WeaveLayout, whose: Side) => layout.stitches.filter((one) => one.side === whose)
        stitches(one, side).forEach((stitch, index) => {
          expect(stitches(other, partner)[index]).toMatchObject({ family: stitch.family, y: stitch.y })
          expect(stitches(other, partner)[index]?.x).toBeCloseTo(mirror(stitch.x), 9)
        })
        expect(other.rows.map(({ depth }) => depth[partner])).toEqual(one.rows.map(({ depth }) => depth[side]))
      }
      expect(other.crossings).toHaveLength(one.crossings.length)
    }
  })
})
