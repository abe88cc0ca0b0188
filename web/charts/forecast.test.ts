import { describe, expect, it } from 'vitest'
import { forecast } from './forecast'
import { about, answered, cardWith, numbersOf, smallReading } from './small_reading'

const days = answered(Array.from({ length: 40 }, (_, i) => (i === 38 ? null : 60)), [])
const ahead = Array.from({ length: 7 }, (_, i) => ({ days_ahead: i + 1, own: about(60, 5 + i) }))
const reading = smallReading(days, cardWith('forecast', 'a', { ahead }))

describe('looking ahead', () => {
  it('goes on from the last three weeks', () => {
    const svg = forecast(reading, 'a', { width: 320 })
    // 28 days over 280 pixels from 34; 38 (60 − 2·11) to 82 are seen on 20 to 100.
    const dots = /class="dots" d="([^"]*)"/.exec(svg)?.[1]?.split('M').slice(1) ?? []
    expect(dots).toHaveLength(20)
    expect(dots[0]).toBe('39,78h0')
    const middle = /class="line" d="([^"]*)"/.exec(svg)?.[1] ?? ''
    expect(middle.startsWith('M249,78C')).toBe(true)
    expect(middle.endsWith(' 309,78')).toBe(true)
    expect(svg).toContain('x1="244" x2="244"')
  })

  it('keeps what reaches past the slider at its ends', () => {
    const wide = ahead.map(({ days_ahead }) => ({ days_ahead, own: about(90, 30) }))
    const svg = forecast(smallReading(days, cardWith('forecast', 'a', { ahead: wide })), 'a', { width: 320 })
    for (const number of numbersOf(svg)) {
      expect(number).toBeGreaterThanOrEqual(0)
      expect(number).toBeLessThanOrEqual(320)
    }
  })

  it('is not drawn while its card is closed', () => {
    expect(forecast(reading, 'b', { width: 320 })).toBe('')
    expect(forecast(smallReading([], cardWith('forecast', 'a', { ahead })), 'a', { width: 320 })).toBe('')
  })
})
