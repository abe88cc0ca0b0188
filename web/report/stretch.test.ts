import { describe, expect, it } from 'vitest'
import { earlier, inside, later, latest } from './stretch'

const whole = { from: 100, days: 130 }

describe('the days a weave shows', () => {
  it('begin with the latest, and go back until the first', () => {
    const last = latest(whole, 56)
    expect(last).toEqual({ from: 174, days: 56 })
    const before = inside(whole, earlier(last))
    expect(before).toEqual({ from: 118, days: 56 })
    expect(inside(whole, earlier(before))).toEqual({ from: 100, days: 56 })
    expect(inside(whole, later(before))).toEqual(last)
    expect(inside(whole, later(last))).toEqual(last)
  })

  it('are all of a short diary', () => {
    expect(latest({ from: 100, days: 5 }, 56)).toEqual({ from: 100, days: 5 })
    expect(inside(whole, { from: -7, days: 999 })).toEqual(whole)
  })
})
