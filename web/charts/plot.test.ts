import { describe, expect, it } from 'vitest'
import { answerLevels, answerRange, band, clamped, line, linear, smooth, straight, timeAxis, type Point } from './plot'

describe('scales', () => {
  it('are straight, and turned over where the picture wants it', () => {
    const y = linear(20, 80, 100, 0)
    expect([y(20), y(50), y(80), y(95)]).toEqual([100, 50, 0, -25])
    const inside = clamped(20, 80, 100, 0)
    expect([inside(10), inside(50), inside(95)]).toEqual([100, 50, 0])
  })

  it('hold all answers between multiples of 20, at least 40 apart', () => {
    expect(answerRange([34, 94])).toEqual([20, 100])
    expect(answerRange([60, 61])).toEqual([40, 80])
    expect(answerRange([0, 3])).toEqual([0, 40])
    expect(answerRange([100])).toEqual([60, 100])
    expect(answerRange([-8, 130])).toEqual([0, 100])
    expect(answerLevels([40, 100])).toEqual([40, 60, 80, 100])
  })
})

describe('lines', () => {
  const points: readonly Point[] = [
    [0, 0],
    [3, 9],
    [6, 9],
    [9, 3],
  ]

  it('go through their points', () => {
    expect(line(points, straight)).toBe('M0,0L3,9L6,9L9,3')
    expect(line([], straight)).toBe('')
    // Slopes 3, 0, −2: the ends keep theirs, and next to a level stretch it is level.
    expect(line(points, smooth)).toBe('M0,0C1,3 2,9 3,9C4,9 5,9 6,9C7,9 8,5 9,3')
  })

  it('never leave the heights of the two points they lead between', () => {
    const wild = Array.from({ length: 40 }, (_, i): Point => [i, Math.round(100 * Math.sin(i * i))])
    const pieces = smooth(wild).split('C').slice(1)
    pieces.forEach((piece, i) => {
      const heights = [wild[i]![1], wild[i + 1]![1]]
      for (const control of piece.split(' ')) {
        const height = Number(control.split(',')[1])
        expect(height).toBeGreaterThanOrEqual(Math.min(...heights) - 0.01)
        expect(height).toBeLessThanOrEqual(Math.max(...heights) + 0.01)
      }
    })
  })

  it('enclose a band, out along one edge and back along the other', () => {
    const lower: readonly Point[] = [
      [0, 5],
      [1, 6],
    ]
    const upper: readonly Point[] = [
      [0, 1],
      [1, 2],
    ]
    expect(band(lower, upper, straight)).toBe('M0,1L1,2L1,6L0,5Z')
    expect(band([], [], straight)).toBe('')
    expect(band(lower, upper, smooth)).toBe('M0,1C0.33,1.33 0.67,1.67 1,2L1,6C0.67,5.67 0.33,5.33 0,5Z')
  })
})

describe('the axis', () => {
  it('keeps words inside and leaves marks without words bare', () => {
    const frame = { left: 30, right: 330, top: 0, bottom: 100 }
    const axis = timeAxis(
      frame,
      [
        { day: 0, words: 'long ago' },
        { day: 1, words: '' },
        { day: 10, words: 'just now' },
      ],
      linear(0, 10, frame.left, frame.right),
    )
    const middles = [...axis.matchAll(/<text class="tick" x="([\d.]+)"/g)].map(([, x]) => Number(x))
    expect(middles).toHaveLength(2)
    expect(middles[0]! - 27).toBeGreaterThanOrEqual(0)
    expect(middles[1]! + 27).toBeLessThanOrEqual(336)
    expect(axis.match(/<line/g)).toHaveLength(3)
  })
})
