import { describe, expect, it } from 'vitest'
import { isStable, leftAfter, leftOf, whatIf, whatIfRange } from './drift'
import type { Drift } from './reading'

/** exp(A t)[0, 0] by its power series, after halving t until the series is short, and squaring back. */
const bySeries = (drift: Drift, t: number): number => {
  type M = readonly [number, number, number, number]
  const times = ([a, b, c, d]: M, [e, f, g, h]: M): M => [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]
  const halvings = 20
  const small = drift.map((x) => (x * t) / 2 ** halvings) as unknown as M
  let sum: M = [1, 0, 0, 1]
  let term: M = sum
  for (let n = 1; n < 12; ++n) {
    term = times(term, small).map((x) => x / n) as unknown as M
    sum = sum.map((x, i) => x + term[i]!) as unknown as M
  }
  for (let n = 0; n < halvings; ++n) sum = times(sum, sum)
  return sum[0]
}

describe('what is left', () => {
  const drifts: Readonly<Record<string, Drift>> = {
    'real roots': [-0.5, 0.2, 0.1, -0.9],
    'pushed apart, turning': [-0.4, 0.7, -0.6, -0.3],
    'a double root': [-0.5, 1, 0, -0.5],
    'nearly a double root': [-0.5, 1e-9, 1e-9, -0.5],
    'very stiff': [-40, 0.5, 0.3, -0.01],
    'no coupling': [-0.7, 0, 0, -0.2],
  }

  it.each(Object.entries(drifts))('agrees with the power series: %s', (_, drift) => {
    // 20 squarings double a rounding error each: 2^20 · 1e-16 is 1e-10.
    for (const t of [0, 0.001, 0.5, 1, 3, 14]) expect(leftAfter(drift, t)).toBeCloseTo(bySeries(drift, t), 9)
  })

  it('is a plain decay without the other', () => {
    expect(leftAfter([-Math.LN2, 0, 0.4, -0.1], 1)).toBeCloseTo(0.5, 14)
  })

  it('changes smoothly where the two forms meet', () => {
    for (const coupling of [-1e-8, -1e-10, 0, 1e-10, 1e-8]) {
      expect(leftAfter([-0.5, coupling, 1, -0.5], 1)).toBeCloseTo(Math.exp(-0.5) * (1 + coupling / 2), 14)
    }
  })

  it('does not overflow for a stable drift, however long', () => {
    expect(leftAfter([-900, 1, 1, -1], 1000)).toBe(0)
  })
})

describe('what is known of it', () => {
  it('is quantiles of the draws, interpolated', () => {
    // Without the other, what is left after a day is e^p: 0, 0.25, 0.5, 0.75 and 1 as nearly as logarithms go.
    const draws = [1e-300, 0.25, 0.5, 0.75, 1].map((left): Drift => [Math.log(left), 0, 0, -1])
    const [day] = leftOf(draws, 1)
    expect(day?.median).toBeCloseTo(0.5, 12)
    expect(day?.interval_50[0]).toBeCloseTo(0.25, 12)
    expect(day?.interval_50[1]).toBeCloseTo(0.75, 12)
    expect(day?.interval_90[0]).toBeCloseTo(0.05, 12)
    expect(day?.interval_90[1]).toBeCloseTo(0.95, 12)
  })
})

describe('what if', () => {
  const settled: Drift = [-0.5, 0.1, 0.1, -0.5]
  /** Slower by more than a tenth, and the two would keep each other going. */
  const barely: Drift = [-0.5, 0.45, 0.5, -0.5]

  it('goes from half as fast to twice as fast where both would still settle', () => {
    expect(whatIfRange([settled])).toEqual([0.5, 2])
  })

  it('goes less far where too many draws would not', () => {
    const [slowest] = whatIfRange([barely, barely, settled])
    expect(slowest).toBeCloseTo(0.9, 12)
    expect(whatIfRange([[-0.5, 1, 1, -0.5]])[0]).toBe(1)
  })

  it('moves one number and leaves out what no longer settles', () => {
    expect(whatIf([settled, barely], 0.8)).toEqual([[-0.4, 0.1, 0.1, -0.5]])
    expect(whatIf([settled, barely], 2)).toHaveLength(2)
    expect(isStable(settled)).toBe(true)
    expect(isStable([0.1, 0, 0, -0.5])).toBe(false)
  })
})
