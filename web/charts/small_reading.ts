/** Readings small enough to know every number of, for tests. */

import type { Card, Day, Details, Estimate, Reading, Side } from './reading'

/** Ana and Ben's answers from Monday 2 March 2026 on. */
export const answered = (own_a: readonly (number | null)[], own_b: readonly (number | null)[]): readonly Day[] =>
  own_a.map((own, i) => ({ day: 20514 + i, own_a: own, own_b: own_b[i] ?? null }))

/** An estimate that is `away` wide to either side, and twice as far nine times in ten. */
export const about = (median: number, away: number): Estimate => ({
  median,
  interval_50: [median - away, median + away],
  interval_90: [median - 2 * away, median + 2 * away],
})

export const cardWith = (id: string, side: Side, details: Details): Card => ({
  id,
  side,
  status: 'shown',
  sentence: 'So it was.',
  estimate: about(1, 0.1),
  details,
})

export const smallReading = (days: readonly Day[], ...readings: readonly Card[]): Reading => ({
  couple: 'simulated',
  sides: { a: 'Ana', b: 'Ben' },
  clock: 'days_since_1970_01_01',
  readings,
  leaning: { a: null, b: null },
  days,
})

/** Every number written in an SVG's path and line coordinates. */
export const numbersOf = (svg: string): readonly number[] =>
  [...svg.matchAll(/ (?:d|[xy][12]?|width|height|offset)="([^"]*)"/g)].flatMap(([, text = '']) =>
    [...text.matchAll(/NaN|Infinity|-?[\d.]+/g)].map(([number]) => Number(number)),
  )
