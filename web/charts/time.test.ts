import { describe, expect, it } from 'vitest'
import { dayWords, shortDay, timeTicks } from './time'

const date = 'days_since_1970_01_01'
const monday = 20514

describe('days in words', () => {
  it('are dates where the diary has dates', () => {
    expect(dayWords(monday, date)).toBe('Monday 2 March 2026')
    expect(dayWords(0, date)).toBe('Thursday 1 January 1970')
    expect(dayWords(-1, date)).toBe('Wednesday 31 December 1969')
    expect(shortDay(monday - 1, date)).toBe('1 Mar')
  })

  it('are numbers where it has only those', () => {
    expect(dayWords(12, 'day_numbers')).toBe('Day 12')
    expect(shortDay(12, 'day_numbers')).toBe('12')
  })
})

describe('ticks', () => {
  const words = (first: number, last: number, most: number, clock: typeof date | 'day_numbers' = date): string =>
    timeTicks(first, last, most, clock)
      .map((tick) => tick.words)
      .join(' ')

  it('mark Mondays, then months, then years', () => {
    expect(words(monday, monday + 20, 3)).toBe('2 Mar 9 Mar 16 Mar')
    expect(words(monday, monday + 111, 4)).toBe('Apr May Jun')
    expect(words(monday, monday + 364, 4)).toBe('Apr Jul Oct 2027')
    expect(words(monday, monday + 3652, 5)).toBe('2028 2030 2032 2034 2036')
  })

  it('mark round numbers of days without dates', () => {
    expect(words(1, 60, 6, 'day_numbers')).toBe('10 20 30 40 50 60')
    expect(words(1, 1, 6, 'day_numbers')).toBe('1')
  })

  it('are never more than asked for, and lie within the days', () => {
    for (const length of [1, 6, 30, 100, 365, 4000, 100_000]) {
      for (const clock of [date, 'day_numbers'] as const) {
        const ticks = timeTicks(monday, monday + length - 1, 5, clock)
        expect(ticks.length).toBeLessThanOrEqual(5)
        for (const { day } of ticks) {
          expect(day).toBeGreaterThanOrEqual(monday)
          expect(day).toBeLessThan(monday + length)
        }
        if (length >= 30) expect(ticks.length).toBeGreaterThan(0)
      }
    }
  })
})
