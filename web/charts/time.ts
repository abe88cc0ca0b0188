/** Days in words and on an axis. A diary counts either days since 1970 or days from its own zero. */

import type { Reading } from './reading'

type Clock = Reading['clock']

export interface Tick {
  readonly day: number
  readonly words: string
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const dateOf = (day: number): Date => new Date(day * 86_400_000)
const dayOf = (year: number, month: number): number => Date.UTC(year, month, 1) / 86_400_000
const monthOf = (date: Date): string => months[date.getUTCMonth()] ?? ''

/** "Monday 2 March 2026", or "Day 12". */
export const dayWords = (day: number, clock: Clock): string => {
  if (clock === 'day_numbers') return `Day ${day}`
  const date = dateOf(day)
  return `${weekdays[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${monthOf(date)} ${date.getUTCFullYear()}`
}

/** "2 Mar", or "12". */
export const shortDay = (day: number, clock: Clock): string => {
  if (clock === 'day_numbers') return String(day)
  const date = dateOf(day)
  return `${date.getUTCDate()} ${monthOf(date).slice(0, 3)}`
}

/** The multiples of `step` in [first, last], counted from `zero`. */
const multiples = (first: number, last: number, step: number, zero = 0): number[] => {
  const found: number[] = []
  for (let x = zero + Math.ceil((first - zero) / step) * step; x <= last; x += step) found.push(x)
  return found
}

/** The ticks of the finest step that needs no more than `most`. Steps come finest first. */
const finest = <T>(steps: readonly T[], most: number, ticks: (step: T) => readonly Tick[]): readonly Tick[] => {
  for (const step of steps) {
    const made = ticks(step)
    if (made.length <= most) return made
  }
  return []
}

const roundSteps = [0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power))
/** A known Monday: weeks are marked where they begin. */
const someMonday = 4
const daySteps = [1, 2, 7, 14] as const
const monthSteps = [1, 2, 3, 6, ...roundSteps.map((years) => 12 * years)]

/** Months since year 0. */
const monthIndex = (day: number): number => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth()

const monthTick = (index: number, step: number): Tick => {
  const year = Math.floor(index / 12)
  const month = index - 12 * year
  const name = months[month]?.slice(0, 3) ?? ''
  return { day: dayOf(year, month), words: month === 0 || step >= 12 ? String(year) : name }
}

/** At most `most` evenly spaced days of [first, last], with what an axis says there. */
export const timeTicks = (first: number, last: number, most: number, clock: Clock): readonly Tick[] => {
  if (clock === 'day_numbers') {
    return finest(roundSteps, most, (step) => multiples(first, last, step).map((day) => ({ day, words: String(day) })))
  }
  const dayTicks = (step: number): readonly Tick[] =>
    multiples(first, last, step, step >= 7 ? someMonday : 0).map((day) => ({ day, words: shortDay(day, clock) }))
  const monthTicks = (step: number): readonly Tick[] =>
    multiples(monthIndex(first), monthIndex(last), step)
      .map((index) => monthTick(index, step))
      .filter(({ day }) => day >= first)
  const byDays = finest(daySteps, most, dayTicks)
  return byDays.length > 0 ? byDays : finest(monthSteps, most, monthTicks)
}
