import { describe, expect, it } from 'vitest'
import type { Day } from './reading'
import { grainOf, running, series, seriesWords, stretches } from './series'
import { answered, numbersOf, smallReading } from './small_reading'

describe('how much a dot stands for', () => {
  it('is a day, until two dots would share a pixel', () => {
    expect(grainOf(365, 320)).toBe(1)
    expect(grainOf(640, 320)).toBe(1)
    expect(grainOf(641, 320)).toBe(7)
    expect(grainOf(100_000, 320)).toBe(365)
    expect(grainOf(1e9, 320)).toBe(3650)
    expect(seriesWords(7)).toContain('the mean of a week')
    expect(seriesWords(1)).toContain('one day’s answer')
  })

  it('takes neighbouring days together, without the unanswered', () => {
    const days = answered([10, null, 30, null, null], [])
    expect(stretches(days, 'a', 2)).toEqual([
      { middle: 20514.5, own: 10 },
      { middle: 20516.5, own: 30 },
      { middle: 20518, own: null },
    ])
  })
})

describe('the running band', () => {
  const at = (own: readonly (number | null)[]) => own.map((value, middle) => ({ middle, own: value }))

  it('is the mean and the standard deviation of seven', () => {
    const run = running(at([1, 2, 3, 4, 5, 6, 7]))[0]!
    expect(run).toHaveLength(7)
    expect(run[3]).toEqual({ middle: 3, mean: 4, spread: Math.sqrt(28 / 6) })
    // At an end there are only the four that exist.
    expect(run[0]).toEqual({ middle: 0, mean: 2.5, spread: Math.sqrt(5 / 3) })
  })

  it('is torn where fewer than three of seven answered', () => {
    const none = [null, null, null, null, null, null]
    const runs = running(at([5, 5, 5, ...none, 5, 5, 5]))
    expect(runs).toHaveLength(2)
    expect(running(at([5, null, null, 5]))).toEqual([])
  })
})

describe('day by day', () => {
  const reading = smallReading(answered([40, 60, null, 60], [50, null, 90, 50]))

  it('puts each answer where its day and its number are', () => {
    const svg = series(reading, 'a', { width: 440 })
    // Four days over 400 pixels from 34, and 40 to 100 from 148 up to 8; Ben's 90 makes the range.
    expect(svg).toContain('class="dots" d="M84,148h0M184,101.33h0M384,101.33h0"')
    expect(svg).toContain('aria-label="Ana, day by day: 3 answered days, between 40 and 60 of 100."')
  })

  it('says nothing of a person who never answered', () => {
    expect(series(smallReading(answered([40], [])), 'b', { width: 300 })).toBe('')
    expect(series(smallReading([]), 'a', { width: 300 })).toBe('')
  })

  it('mirrors the two people', () => {
    const swapped = smallReading(answered([50, null, 90, 50], [40, 60, null, 60]))
    const marks = (svg: string): string => svg.replace(/aria-label="[^"]*"/, '')
    expect(marks(series(swapped, 'b', { width: 440 }))).toBe(marks(series(reading, 'a', { width: 440 })))
  })

  it('draws a hundred thousand days as few and stays in its picture', () => {
    const days = Array.from({ length: 100_000 }, (_, i): Day => ({ day: i, own_a: (i * 37) % 101, own_b: null }))
    const svg = series(smallReading(days), 'a', { width: 320 })
    expect(svg.length).toBeLessThan(40_000)
    expect(svg).toContain('class="dots many"')
    for (const number of numbersOf(svg)) {
      expect(number).toBeGreaterThanOrEqual(0)
      expect(number).toBeLessThanOrEqual(320)
    }
  })
})
