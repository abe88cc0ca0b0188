import { describe, expect, it } from 'vitest'
import { about, cardWith, smallReading } from './small_reading'
import { weather } from './weather'

const reading = smallReading([], cardWith('whose_weather', 'a', { own: about(0.7, 0.05) }))

describe('whose weather', () => {
  it('fades from the lower to the upper end of what is known', () => {
    const svg = weather(reading, 'a', { width: 300 })
    const stops = [...svg.matchAll(/offset="([\d.]+)" class="own" stop-opacity="([\d.]+)"/g)]
    expect(stops.map(([, offset, opacity]) => [Number(offset), Number(opacity)])).toEqual([
      [0.6, 1],
      [0.65, 0.75],
      [0.7, 0.5],
      [0.75, 0.25],
      [0.8, 0],
    ])
  })

  it('says no number of anybody', () => {
    const words = weather(reading, 'a', { width: 300 }).match(/aria-label="[^"]*"|<text[^>]*>[^<]*/g)?.join(' ') ?? ''
    expect(words.replace(/<text[^>]*>/g, '').replace(/&#\d+;/g, '')).not.toMatch(/\d|%/)
  })

  it('is not drawn while its card is closed', () => {
    expect(weather(reading, 'b', { width: 300 })).toBe('')
  })
})
