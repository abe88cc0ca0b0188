/**
 * The weave as numbers: where each thread, edge and stitch is, from the days of a diary. `weave.ts` only draws it.
 *
 * Lengths across are counted in slots: the cloth is a grid of threads one slot apart, and person a's thread number i
 * (0 is the innermost) rests i + ½ slots left of the middle; b's mirror them. Ten points of closeness are one level. On
 * a day at level n > 0 each person's n innermost threads run among the other's: thread i moves n − i slots over, so
 * that the 2n slots around the middle hold threads of both in turn and every slot holds exactly one. At level 0 the
 * two just meet, and below it the inner threads draw back and the cloth opens.
 */

import { closeOf, type Day, type Moment, momentsOf, ownOf, type Reading, type Side, sides } from './reading'
import { dayWords, shortDay } from './time'
import { families, familyOf, isOwnGround } from './weave_stitches'

export const threadsPerSide = 24
/** Closeness 100 is level 8: so many threads of each person may run among the other's. */
export const highestLevel = 8
export const lowestLevel = -2
/** The depth of the hardest days; 1 is that of the best. */
export const deepest = 7

/** A diary longer than this many days is woven with a row for each week. */
export const mostDayRows = 112
const mostRows = 112
const usualDays = 56

export interface Window {
  /** The first day to show; without it, as many days as asked for up to the diary's last. */
  readonly from?: number
  /** How many days to show: 56 unless told. */
  readonly days?: number
}

export interface WeaveOptions extends Window {
  readonly width: number
  /** Begins every id in the picture; two pictures on one page need two. */
  readonly id?: string
  /** The last row was just added: it is seen being woven, where motion is welcome. */
  readonly justAdded?: boolean
}

/** One value for each person. */
export type BySide<T> = Readonly<Record<Side, T>>
const bySide = <T>(make: (side: Side) => T): BySide<T> => ({ a: make('a'), b: make('b') })

export interface Row {
  /** The days it stands for; more than one in a long diary. */
  readonly days: readonly Day[]
  /** How each felt, the mean of what they answered; null: no answer. */
  readonly own: BySide<number | null>
  /** 1 (a good day) to 7 (a hard one). */
  readonly depth: BySide<number | null>
  /** How close it was, the mean of what either noted; null: nobody did. */
  readonly close: number | null
  /** What the threads do; between noted rows it leads from one to the next. */
  readonly level: number
  readonly y: number
  /** What stands at the left of it, if anything. */
  readonly name: string | null
}

/** `firm`: a day with own ground. `soft`: they looked, and noted none. `quiet`: nothing noted. */
export type EdgeState = 'firm' | 'soft' | 'quiet'

export interface Edge {
  readonly side: Side
  readonly state: EdgeState
  readonly x: number
  readonly top: number
  readonly bottom: number
}

export interface Stitch {
  readonly side: Side
  /** Its place in `families`. */
  readonly family: number
  /** On how many of the row's days it was noted. */
  readonly days: number
  readonly x: number
  readonly y: number
}

export interface Thread {
  readonly side: Side
  /** 0 is the innermost. */
  readonly index: number
  /** Its place across, one for each row. */
  readonly x: readonly number[]
  /** How fast that changes there, per row. */
  readonly slope: readonly number[]
}

/** Where a thread of a and one of b change places between a row and the next. */
export interface Crossing {
  readonly row: number
  /** 0 at the row, 1 at the next. */
  readonly at: number
  /** How much of the way the two need to be clear of each other, before and after. */
  readonly reach: number
  readonly index: BySide<number>
  readonly over: Side
}

export interface WeaveLayout {
  readonly width: number
  readonly height: number
  readonly middle: number
  /** Where the cloth begins and ends, left and right. */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly slot: number
  readonly threadWidth: number
  readonly rowHeight: number
  readonly daysPerRow: 1 | 7
  readonly rows: readonly Row[]
  readonly threads: readonly Thread[]
  readonly crossings: readonly Crossing[]
  readonly edges: readonly Edge[]
  readonly stitches: readonly Stitch[]
  /** Half the width and height of a stitch. */
  readonly stitchRadius: number
  /** Whose answers are not in the diary at all: their half is as the other saw it. */
  readonly unseen: BySide<boolean>
  /** Whether anyone noted closeness in these rows; if not, the two halves just meet. */
  readonly closenessNoted: boolean
}

/** Closeness was noted in these rows, but by nobody on this one: how its threads lie is only a way between others. */
export const isClosenessMissing = ({ closenessNoted }: WeaveLayout, { close }: Row): boolean =>
  closenessNoted && close === null

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high)

export const mean = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.filter((value) => typeof value === 'number')
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

export const levelOf = (close: number): number => clamp(Math.round(close / 10) - 2, lowestLevel, highestLevel)

/** A depth for each ten points: 1 from 80 up, 7 below 30. */
export const depthOf = (own: number): number => clamp(9 - Math.floor(own / 10), 1, deepest)

export const edgeOf = (moments: readonly Moment[] | undefined): EdgeState =>
  moments === undefined ? 'quiet' : moments.some(isOwnGround) ? 'firm' : 'soft'

/** How many slots a thread moves towards the other person at a level. */
export const shift = (index: number, level: number): number =>
  level >= 0 ? Math.max(0, level - index) : 0.7 * level * Math.max(0, 1 - index / 6)

/** Slots from one family of stitches to the next: they share what lies between the edge and the crossing threads. */
const stitchStep = (threadsPerSide - highestLevel - 2) / (families.length - 1)

/** The days of a window, including those nobody answered. */
export const daysOf = (reading: Reading, window: Window): readonly Day[] => {
  const first = reading.days[0]?.day
  const last = reading.days.at(-1)?.day
  if (first === undefined || last === undefined) return []
  const length = clamp(Math.floor(window.days ?? usualDays), 1, mostRows * 7)
  const from = clamp(window.from ?? last - length + 1, first, last)
  const known = new Map(reading.days.map((day) => [day.day, day]))
  return Array.from(
    { length: Math.min(length, last - from + 1) },
    (_, i) => known.get(from + i) ?? { day: from + i, own_a: null, own_b: null },
  )
}

/** A known Monday: weeks of days since 1970 begin with it. Other days have weeks from the first that is shown. */
const someMonday = 4

export const groupByWeek = (days: readonly Day[], clock: Reading['clock']): readonly (readonly Day[])[] => {
  const start = clock === 'day_numbers' ? (days[0]?.day ?? 0) : someMonday
  const weeks = new Map<number, Day[]>()
  for (const day of days) {
    const week = Math.floor((day.day - start) / 7)
    const begun = weeks.get(week)
    if (begun === undefined) weeks.set(week, [day])
    else begun.push(day)
  }
  return [...weeks.values()]
}

/** A value for every row: a straight way between known ones, level before the first and after the last. */
const carriedOn = (known: readonly (number | null)[], otherwise: number): readonly number[] => {
  const found = known.flatMap((value, row) => (value === null ? [] : [{ row, value }]))
  let next = 0
  return known.map((_, row) => {
    while (next < found.length && (found[next]?.row ?? 0) < row) next += 1
    const after = found[next]
    const before = found[next - 1] ?? after
    if (before === undefined) return otherwise
    if (after === undefined || after.row === before.row) return (after ?? before).value
    return before.value + ((after.value - before.value) * (row - before.row)) / (after.row - before.row)
  })
}

/** Slopes that make a cubic never leave the range of two neighbours (Fritsch and Carlson 1980, harmonic means). */
const slopesOf = (x: readonly number[]): readonly number[] =>
  x.map((here, row) => {
    const before = here - (x[row - 1] ?? here)
    const after = (x[row + 1] ?? here) - here
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after)
  })

/** The thread's place a share `t` of the way from a row to the next. */
export const placeOf = ({ x, slope }: Thread, row: number, t: number): number => {
  const [x0 = 0, m0 = 0] = [x[row], slope[row]]
  const [x1 = x0, m1 = 0] = [x[row + 1], slope[row + 1]]
  const rise = t * t * (3 - 2 * t)
  return x0 + (x1 - x0) * rise + m0 * t * (1 - t) ** 2 - m1 * t * t * (1 - t)
}

/** How fast it changes there, per row. */
export const paceOf = ({ x, slope }: Thread, row: number, t: number): number => {
  const [x0 = 0, m0 = 0] = [x[row], slope[row]]
  const [x1 = x0, m1 = 0] = [x[row + 1], slope[row + 1]]
  return 6 * t * (1 - t) * (x1 - x0) + m0 * (1 - t) * (1 - 3 * t) - m1 * t * (2 - 3 * t)
}

/** Where f, with values of different sign at 0 and 1, is zero: to a thousandth of a row. */
const rootOf = (f: (t: number) => number): number => {
  let [low, high] = [0, 1]
  const negative = f(0) < 0
  while (high - low > 0.001) {
    const middle = (low + high) / 2
    if (f(middle) < 0 === negative) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const crossingsOf = (
  threads: readonly Thread[],
  rows: number,
  threadWidth: number,
  rowHeight: number,
): readonly Crossing[] => {
  const crossings: Crossing[] = []
  const inner = bySide((side) => threads.filter((thread) => thread.side === side && thread.index < highestLevel))
  for (let row = 0; row + 1 < rows; row += 1) {
    for (const a of inner.a) {
      for (const b of inner.b) {
        const apart = (t: number): number => placeOf(b, row, t) - placeOf(a, row, t)
        if (apart(0) > 0 === apart(1) > 0) continue
        const at = rootOf(apart)
        const speed = Math.abs(paceOf(b, row, at) - paceOf(a, row, at))
        // Threads as wide as these, and slanting as much, lie on each other while they are nearer than this.
        const near = threadWidth * Math.hypot(1, speed / 2 / rowHeight)
        crossings.push({
          row,
          at,
          reach: clamp((1.1 * near) / Math.max(speed, 1e-6), 0.1, 0.5),
          index: { a: a.index, b: b.index },
          over: a.index % 2 === 0 ? 'a' : 'b',
        })
      }
    }
  }
  return crossings
}

/** The days that are named at the left: each week's first, or with a row a week each month's first week. */
const namesOf = (groups: readonly (readonly Day[])[], clock: Reading['clock']): readonly (string | null)[] => {
  const rowsOfWeeks = groups.length > 0 && groups.some((group) => group.length > 1)
  let month = ''
  return groups.map((group, index) => {
    const first = group[0]?.day ?? 0
    if (clock === 'day_numbers') return index % (rowsOfWeeks ? 4 : 7) === 0 ? `day ${first}` : null
    if (!rowsOfWeeks) return (first - someMonday) % 7 === 0 || groups.length < 7 ? shortDay(first, clock) : null
    const last = group.at(-1)?.day ?? first
    const name = shortDay(last, clock).split(' ')[1] ?? ''
    if (name === month) return null
    month = name
    return name === 'Jan' ? dayWords(last, clock).slice(-4) : name
  })
}

/** Room around the cloth: days are named at the left, people above. */
const gutter = (width: number, names: readonly (string | null)[]): BySide<number> => {
  const longest = Math.max(0, ...names.map((name) => name?.length ?? 0))
  const words = Math.max(50, 6.6 * longest + nameGap + 2)
  return width < 560 ? { a: words, b: 14 } : { a: Math.max(76, words), b: 76 }
}
/** Between a day's name and the edge. */
export const nameGap = 8
const widestCloth = 760
/** For the selvedge, beside the cloth. */
export const edgeRoom = 10
const headRoom = 44
/** Loose warp above and below: a cloth that goes on. */
export const looseEnd = 22

export const weaveLayout = (reading: Reading, options: WeaveOptions): WeaveLayout => {
  const { width } = options
  const days = daysOf(reading, options)
  const daysPerRow = days.length > mostDayRows ? 7 : 1
  const groups = daysPerRow === 7 ? groupByWeek(days, reading.clock) : days.map((day) => [day])

  const names = namesOf(groups, reading.clock)
  const room = gutter(width, names)
  const between = Math.max(width - room.a - room.b - 2 * edgeRoom, 2 * threadsPerSide)
  const cloth = Math.min(between, widestCloth)
  const left = room.a + edgeRoom + (between - cloth) / 2
  const middle = left + cloth / 2
  const slot = cloth / (2 * threadsPerSide)
  const threadWidth = 0.62 * slot
  const rowHeight = clamp(Math.max(680, 1.25 * cloth) / Math.max(groups.length, 1), 10, 28)
  const top = headRoom + looseEnd

  const closeness = groups.map((group) =>
    mean(group.map((day) => mean(sides.map((side) => closeOf(day, side))))),
  )
  const levels = carriedOn(closeness.map((close) => (close === null ? null : levelOf(close))), 0)
  const rows = groups.map((group, index): Row => {
    const own = bySide((side) => mean(group.map((day) => ownOf(day, side))))
    return {
      days: group,
      own,
      depth: bySide((side) => (own[side] === null ? null : depthOf(own[side]))),
      close: closeness[index] ?? null,
      level: levels[index] ?? 0,
      y: top + (index + 0.5) * rowHeight,
      name: names[index] ?? null,
    }
  })

  /** Towards the right for a's way to b, mirrored for b. */
  const towards: BySide<number> = { a: 1, b: -1 }
  const threads = sides.flatMap((side) =>
    Array.from({ length: threadsPerSide }, (_, index): Thread => {
      const x = rows.map(({ level }) => middle + towards[side] * slot * (shift(index, level) - index - 0.5))
      return { side, index, x, slope: slopesOf(x) }
    }),
  )

  const edges = sides.flatMap((side) =>
    rows.flatMap(({ days: group, y }) =>
      group.map((day, index): Edge => {
        const height = rowHeight / group.length
        const above = y - rowHeight / 2 + index * height
        return {
          side,
          state: edgeOf(momentsOf(day, side)),
          x: middle - towards[side] * (cloth / 2 + edgeRoom / 2),
          top: above,
          bottom: above + height,
        }
      }),
    ),
  )

  const stitches = sides.flatMap((side) =>
    rows.flatMap(({ days: group, y }) => {
      const found = group.map((day) => new Set((momentsOf(day, side) ?? []).map(({ name }) => familyOf(name))))
      return families.flatMap((_, family): readonly Stitch[] => {
        const days = found.filter((noted) => noted.has(family)).length
        if (days === 0) return []
        const away = threadsPerSide - 1 - stitchStep * family
        return [{ side, family, days, x: middle - towards[side] * slot * away, y }]
      })
    }),
  )

  const answered = (day: Day, side: Side): boolean =>
    ownOf(day, side) !== null || closeOf(day, side) !== undefined || momentsOf(day, side) !== undefined
  return {
    width,
    height: top + rows.length * rowHeight + looseEnd + (daysPerRow === 7 || rows.length === 0 ? 24 : 6),
    middle,
    left,
    right: left + cloth,
    top,
    bottom: top + rows.length * rowHeight,
    slot,
    threadWidth,
    rowHeight,
    daysPerRow,
    rows,
    threads,
    crossings: crossingsOf(threads, rows.length, threadWidth, rowHeight),
    edges,
    stitches,
    stitchRadius: Math.min(0.42 * rowHeight, 0.48 * stitchStep * slot, 5),
    unseen: bySide((side) => !reading.days.some((day) => answered(day, side))),
    closenessNoted: closeness.some((close) => close !== null),
  }
}
