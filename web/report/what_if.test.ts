import { describe, expect, it } from 'vitest'
import { stepsOf, timesAt } from './what_if'

describe('the steps of a what-if', () => {
  it('are of a ratio, as far to half as to twice', () => {
    expect(stepsOf([0.5, 2])).toEqual([-20, 20])
    expect([timesAt(-20), timesAt(0), timesAt(10), timesAt(20)]).toEqual([0.5, 1, Math.SQRT2, 2])
  })

  it('stay within what is possible', () => {
    const [lowest] = stepsOf([0.63, 2])
    expect(timesAt(lowest)).toBeGreaterThanOrEqual(0.63)
    expect(timesAt(lowest - 1)).toBeLessThan(0.63)
    expect(stepsOf([1, 2])[0]).toBe(0)
  })
})
