/** What is left of a feeling after some days, for draws of the drift: the picture behind "coming back". */

import type { Drift, Estimate } from './reading'

/**
 * The entry [0, 0] of exp(A t): how much of an upset of one's own is left after t days, while the two go on moving each
 * other. With m the mean of A's diagonal, d half its difference and w² = d² + A₀₁ A₁₀,
 *   exp(A t) = e^{m t} (cosh(w t) I + sinh(w t) / w · (A − m I)),
 * where an imaginary w makes cos and sin of them.
 */
export const leftAfter = ([p, q, r, s]: Drift, t: number): number => {
  const m = (p + s) / 2
  const d = (p - s) / 2
  const square = d * d + q * r
  const w = Math.sqrt(Math.abs(square))
  // Near w = 0 both forms lose digits to the division; sinh(x) / x = 1 + x²/6 + … does not.
  if (w * t < 1e-4) return Math.exp(m * t) * (1 + (square * t * t) / 2 + d * t * (1 + (square * t * t) / 6))
  if (square < 0) return Math.exp(m * t) * (Math.cos(w * t) + (d / w) * Math.sin(w * t))
  // By its two exponentials: neither overflows when A is stable, while cosh alone would.
  const slow = Math.exp((m + w) * t)
  const fast = Math.exp((m - w) * t)
  return (slow + fast) / 2 + ((slow - fast) / 2) * (d / w)
}

/** The same two people, but that one comes back `times` as fast by themselves. */
export const comingBack = ([p, q, r, s]: Drift, times: number): Drift => [p * times, q, r, s]

/** Whether both settle again after an upset. */
export const isStable = ([p, q, r, s]: Drift): boolean => p + s < 0 && p * s > q * r

/** The quantile of sorted values, by linear interpolation. */
const quantile = (sorted: Float64Array, share: number): number => {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? NaN
  const high = sorted[below + 1] ?? low
  return low + (place - below) * (high - low)
}

/** Median and intervals of what is left after each of the days 1 … `days`. */
export const leftOf = (draws: readonly Drift[], days: number): readonly Estimate[] =>
  Array.from({ length: days }, (_, i) => {
    const left = Float64Array.from(draws, (drift) => leftAfter(drift, i + 1)).sort()
    return {
      median: quantile(left, 0.5),
      interval_50: [quantile(left, 0.25), quantile(left, 0.75)],
      interval_90: [quantile(left, 0.05), quantile(left, 0.95)],
    }
  })

/** The widest a what-if goes: half as fast, twice as fast. */
const fastest = 2

/**
 * How much slower the what-if may go: half as fast, or less far where fewer than 19 in 20 draws would still settle.
 * Coming back faster never unsettles.
 */
export const whatIfRange = (draws: readonly Drift[]): readonly [slowest: number, fastest: number] => {
  const limits = Float64Array.from(draws, ([p, q, r, s]) => (q * r) / (p * s)).sort()
  return [Math.min(1, Math.max(1 / fastest, quantile(limits, 0.95))), fastest]
}

/** The draws at a what-if, without the few that would no longer settle. */
export const whatIf = (draws: readonly Drift[], times: number): readonly Drift[] =>
  draws.map((drift) => comingBack(drift, times)).filter(isStable)
