import { describe, expect, it } from 'vitest'
import { leftOf } from './drift'
import type { Drift } from './reading'
import { drawsOf, ripple, timesWords } from './ripple'
import { cardWith, numbersOf, smallReading } from './small_reading'

const draws = [0.3, 0.4, 0.5, 0.6, 0.7].map((rate): Drift => [-rate, 0, 0, -0.5])
const ahead = leftOf(draws, 14).map((left, i) => ({ days_ahead: i + 1, left }))
const reading = smallReading([], cardWith('half_life', 'a', { ahead, drift_draws: draws }))
const pathOf = (svg: string, name: string): string => new RegExp(`class="${name}" d="([^"]*)"`).exec(svg)?.[1] ?? ''

describe('ripple', () => {
  it('starts with all of it and leads through what is left after each day', () => {
    const middle = pathOf(ripple(reading, 'a', { width: 324 }), 'line')
    // Fourteen days over 280 pixels from 38; all is at 8, none at 168.
    expect(middle).toMatch(/^M38,8C/)
    const ends = middle.split('C').map((piece) => piece.split(' ').at(-1))
    expect(ends).toHaveLength(15)
    expect(ends[2]).toBe(`78,${Math.round((168 - 160 * Math.exp(-1)) * 100) / 100}`)
  })

  it('shows a what-if beside what is known, and nothing of the kind without', () => {
    const now = ripple(reading, 'a', { width: 324 })
    expect(now).not.toContain('before')
    const faster = ripple(reading, 'a', { width: 324, times: 2 })
    expect(pathOf(faster, 'before')).toBe(pathOf(now, 'line'))
    const ends = pathOf(faster, 'line').split('C').map((piece) => piece.split(' ').at(-1))
    expect(ends[1]).toBe(`58,${Math.round((168 - 160 * Math.exp(-1)) * 100) / 100}`)
    expect(faster).toContain('twice as fast')
  })

  it('is not drawn while its card is closed', () => {
    expect(ripple(reading, 'b', { width: 324 })).toBe('')
    expect(drawsOf(reading, 'b')).toEqual([])
    expect(drawsOf(reading, 'a')).toBe(draws)
  })

  it('stays in its picture where an upset swings past the usual', () => {
    const turning: readonly Drift[] = [[-0.2, 0.8, -0.9, -0.2]]
    const swing = leftOf(turning, 14).map((left, i) => ({ days_ahead: i + 1, left }))
    const svg = ripple(smallReading([], cardWith('half_life', 'a', { ahead: swing, drift_draws: turning })), 'a', {
      width: 324,
      times: 0.5,
    })
    for (const number of numbersOf(svg)) {
      expect(number).toBeGreaterThanOrEqual(0)
      expect(number).toBeLessThanOrEqual(324)
    }
  })

  it('says how fast in words', () => {
    expect([1, 0.5, 2].map(timesWords)).toEqual(['as it is', 'half as fast', 'twice as fast'])
    expect(timesWords(1.5157)).toBe('1.52 times as fast')
  })
})
