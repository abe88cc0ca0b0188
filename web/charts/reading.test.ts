import { describe, expect, it } from 'vitest'
import { labelOf } from './reading'
import { smallReading } from './small_reading'

describe('labels', () => {
  const called = (a: string | null): string => labelOf({ ...smallReading([]), sides: { a, b: 'Ben' } }, 'a')

  it('are as people write them, in any script', () => {
    expect(called('Zoë 妻 😀 שרה')).toBe('Zoë 妻 😀 שרה')
    expect(called(null)).toBe('your partner')
  })

  it('neither break lines nor turn the words beside them around', () => {
    expect(called('a\u202eb\u2028c\u0007d\u2066e\u200ff')).toBe('a·b·c·d·e·f')
  })
})
