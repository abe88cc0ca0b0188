/** Ripple: how much of an upset of one's own is left after each of the next days, and what if one came back faster. */

import { leftOf, whatIf } from './drift'
import { clamped, fan, fanOutline, levels, linear, timeAxis, type Known } from './plot'
import { cardOf, labelOf, type Drift, type Estimate, type Reading, type Side } from './reading'
import { picture } from './svg'
import type { Tick } from './time'

const days = 14
const said: Readonly<Record<number, string>> = { 0: 'then', 3: '3 days', 7: 'a week', 14: 'two weeks' }
const ticks = Array.from({ length: days + 1 }, (_, day): Tick => ({ day, words: said[day] ?? '' }))

const untouched: Estimate = { median: 1, interval_50: [1, 1], interval_90: [1, 1] }

/** The draws a what-if moves; none while the card is closed. */
export const drawsOf = (reading: Reading, side: Side): readonly Drift[] =>
  cardOf(reading, 'half_life', side)?.details?.drift_draws ?? []

/** "as it is", "half as fast", "1.4 times as fast". */
export const timesWords = (times: number): string => {
  if (times === 1) return 'as it is'
  if (times === 0.5) return 'half as fast'
  if (times === 2) return 'twice as fast'
  return `${Number(times.toFixed(2))} times as fast`
}

/** One person's picture; `times` is the what-if: how much faster than now that person came back by themselves. */
export const ripple = (
  reading: Reading,
  side: Side,
  { width, times = 1 }: { readonly width: number; readonly times?: number },
): string => {
  const ahead = cardOf(reading, 'half_life', side)?.details?.ahead?.flatMap(({ left }) => left ?? []) ?? []
  if (ahead.length < days) return ''

  const frame = { left: 38, right: width - 6, top: 8, bottom: 168 }
  // An upset may swing past the usual before it settles: then the picture goes below none.
  const lowest = Math.min(0, ...ahead.map(({ interval_90 }) => interval_90[0]))
  const x = linear(0, days, frame.left, frame.right)
  const y = clamped(lowest, 1, frame.bottom, frame.top)
  const knownOf = (left: readonly Estimate[]): readonly Known[] =>
    [untouched, ...left.slice(0, days)].map((estimate, day) => [x(day), estimate])

  const label = labelOf(reading, side)
  const name = `How much of what moved ${label} is left after each of the next 14 days`
  const now = knownOf(ahead)
  const then = (): readonly Known[] => knownOf(leftOf(whatIf(drawsOf(reading, side), times), days))
  return picture(
    width,
    frame.bottom + 26,
    times === 1 ? `${name}.` : `${name}, ${timesWords(times)}. Dashed: as it is.`,
    levels(frame, [0, 0.5, 1], y, (value) => ({ 0: 'none', 1: 'all' })[value] ?? 'half'),
    timeAxis(frame, ticks, x),
    times === 1 ? fan(now, y) : fan(then(), y) + fanOutline(now, y),
  )
}
