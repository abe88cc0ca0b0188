/** What the plain charts share: scales, smooth lines, bands and axes. */

import type { Estimate, Interval } from './reading'
import { element, round, textElement } from './svg'
import type { Tick } from './time'

export type Point = readonly [x: number, y: number]
export type Scale = (value: number) => number

/** Takes [low, high] to [from, to], and beyond in the same way. */
export const linear =
  (low: number, high: number, from: number, to: number): Scale =>
  (value) =>
    from + ((value - low) / (high - low)) * (to - from)

/** As `linear`, but what lies outside is drawn at the edge. */
export const clamped = (low: number, high: number, from: number, to: number): Scale => {
  const scale = linear(low, high, from, to)
  return (value) => scale(Math.min(Math.max(value, low), high))
}

const at = ([x, y]: Point): string => `${round(x)},${round(y)}`

/** Straight lines through points. */
export const straight = (points: readonly Point[]): string => points.map(at).join('L')

/**
 * A smooth curve through points with rising (or falling) x that never passes a point's height between two points: what
 * is drawn between two days lies between them. Cubic Hermite with the slopes of Fritsch and Carlson (1980), SIAM J.
 * Numer. Anal. 17, 238–246, as harmonic means.
 */
export const smooth = (points: readonly Point[]): string => {
  const slopes = points.slice(1).map(([x, y], i) => {
    const [x0, y0] = points[i] as Point
    return (y - y0) / (x - x0)
  })
  const tangent = (i: number): number => {
    const before = slopes[i - 1]
    const after = slopes[i]
    if (before === undefined || after === undefined) return before ?? after ?? 0
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after)
  }
  return points
    .map((point, i) => {
      const last = points[i - 1]
      if (last === undefined) return at(point)
      const third = (point[0] - last[0]) / 3
      const leaving: Point = [last[0] + third, last[1] + third * tangent(i - 1)]
      const arriving: Point = [point[0] - third, point[1] - third * tangent(i)]
      return `C${at(leaving)} ${at(arriving)} ${at(point)}`
    })
    .join('')
}

/** A line by the curve given, as a path's `d`. */
export const line = (points: readonly Point[], curve: (points: readonly Point[]) => string): string =>
  points.length === 0 ? '' : `M${curve(points)}`

/** The area between two lines over the same x. */
export const band = (
  lower: readonly Point[],
  upper: readonly Point[],
  curve: (points: readonly Point[]) => string,
): string => (lower.length === 0 ? '' : `M${curve(upper)}L${curve(lower.toReversed())}Z`)

/** Where a chart's marks go: its corners inside the margins. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Quiet lines across, each with its number at the left. */
export const levels = (frame: Frame, values: readonly number[], y: Scale, words: (value: number) => string): string =>
  values
    .map(
      (value) =>
        element('line', { class: 'grid', x1: frame.left, x2: frame.right, y1: y(value), y2: y(value) }) +
        textElement({ class: 'tick', x: frame.left - 7, y: y(value) + 4, 'text-anchor': 'end' }, words(value)),
    )
    .join('')

/** Marks under the chart, and their words if they have some; those that would pass its edges are pushed inside. */
export const timeAxis = (frame: Frame, ticks: readonly Tick[], x: Scale): string =>
  ticks
    .map(({ day, words }) => {
      const mark = element('line', { class: 'grid', x1: x(day), x2: x(day), y1: frame.bottom, y2: frame.bottom + 5 })
      if (words === '') return mark
      const half = 3.4 * words.length
      const middle = Math.min(Math.max(x(day), frame.left + half - 10), frame.right - half + 4)
      return mark + textElement({ class: 'tick', x: middle, y: frame.bottom + 19, 'text-anchor': 'middle' }, words)
    })
    .join('')

/** The lowest and highest multiple of 20 around the answers, at least 40 apart and within the slider. */
export const answerRange = (values: readonly number[]): readonly [number, number] => {
  let low = 100
  let high = 0
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  low = Math.max(0, Math.floor(low / 20) * 20)
  high = Math.min(100, Math.ceil(high / 20) * 20)
  if (high - low >= 40) return [low, high]
  low = Math.max(0, Math.min(low - 20, 60))
  return [low, low + 40]
}

/** Every 20 points of an answer range. */
export const answerLevels = ([low, high]: readonly [number, number]): readonly number[] => {
  const values: number[] = []
  for (let value = low; value <= high; value += 20) values.push(value)
  return values
}

/** What is known at some x. */
export type Known = readonly [x: number, known: Estimate]

const alongOf =
  (points: readonly Known[], y: Scale) =>
  (value: (known: Estimate) => number): readonly Point[] =>
    points.map(([x, known]) => [x, y(value(known))])

/** A fan: the band that holds nine in ten, the band as likely as not, the middle. `y` keeps values inside the frame. */
export const fan = (points: readonly Known[], y: Scale): string => {
  const along = alongOf(points, y)
  const between = (ends: (known: Estimate) => Interval): string =>
    band(along((k) => ends(k)[0]), along((k) => ends(k)[1]), smooth)
  return (
    element('path', { class: 'wide', d: between((k) => k.interval_90) }) +
    element('path', { class: 'narrow', d: between((k) => k.interval_50) }) +
    element('path', { class: 'line', d: line(along((k) => k.median), smooth) })
  )
}

/** The outline of a fan's inner band and its middle, to lie beside another fan. */
export const fanOutline = (points: readonly Known[], y: Scale): string => {
  const along = alongOf(points, y)
  const edges = [(k: Estimate) => k.interval_50[0], (k: Estimate) => k.interval_50[1]]
  return (
    element('path', { class: 'before edge', d: edges.map((edge) => line(along(edge), smooth)).join('') }) +
    element('path', { class: 'before', d: line(along((k) => k.median), smooth) })
  )
}
