/** Day by day: one person's answers as dots, with the mean and the spread of the seven days around each. */

import { answerLevels, answerRange, band, clamped, levels, line, linear, straight, timeAxis, type Point } from './plot'
import { labelOf, ownOf, partnerOf, type Day, type Reading, type Side } from './reading'
import { element, picture, round } from './svg'
import { timeTicks } from './time'

/** A point of the picture: a day, or the mean of the answered days of a longer stretch; null when none was answered. */
export interface Stretch {
  readonly middle: number
  readonly own: number | null
}

/** Mean and standard deviation of the answered points among seven neighbours. */
export interface Running {
  readonly middle: number
  readonly mean: number
  readonly spread: number
}

const grains = [1, 7, 30, 365, 3650] as const

/** How many days one point stands for, so that no more than two points share a pixel. */
export const grainOf = (days: number, width: number): number =>
  grains.find((grain) => days / grain <= 2 * width) ?? grains[grains.length - 1]!

/** What the marks are, in words. */
export const seriesWords = (grain: number): string => {
  if (grain === 1) {
    return (
      'Each dot is one day’s answer. The line is the mean of the seven days around it, the band how far those days ' +
      'usually were from it. A day without an answer has no dot, and the line pauses where fewer than three of the ' +
      'seven were answered.'
    )
  }
  const length = { 7: 'a week', 30: 'thirty days', 365: 'a year' }[grain] ?? 'ten years'
  return (
    `A long diary, so each dot is the mean of ${length}. The line is the mean of the seven dots around it, the band ` +
    'how far those usually were from it.'
  )
}

/** Neighbouring days taken together, `grain` at a time from the first. */
export const stretches = (days: readonly Day[], side: Side, grain: number): readonly Stretch[] => {
  const found: Stretch[] = []
  for (let start = 0; start < days.length; start += grain) {
    const end = Math.min(start + grain, days.length)
    let sum = 0
    let answered = 0
    for (let i = start; i < end; ++i) {
      const own = ownOf(days[i]!, side)
      if (own === null) continue
      sum += own
      ++answered
    }
    const middle = (days[start]!.day + days[end - 1]!.day) / 2
    found.push({ middle, own: answered === 0 ? null : sum / answered })
  }
  return found
}

/** Unbroken runs of points that have at least three answers among the seven around them. */
export const running = (points: readonly Stretch[]): readonly (readonly Running[])[] => {
  const runs: Running[][] = []
  let run: Running[] = []
  points.forEach(({ middle }, i) => {
    const near = points.slice(Math.max(0, i - 3), i + 4).flatMap(({ own }) => (own === null ? [] : [own]))
    if (near.length < 3) {
      if (run.length > 0) runs.push(run)
      run = []
      return
    }
    const mean = near.reduce((sum, own) => sum + own, 0) / near.length
    const square = near.reduce((sum, own) => sum + (own - mean) ** 2, 0) / (near.length - 1)
    run.push({ middle, mean, spread: Math.sqrt(square) })
  })
  if (run.length > 0) runs.push(run)
  return runs
}

/** What a screen reader says of it. */
const sentence = (reading: Reading, side: Side, answers: readonly number[]): string => {
  const lowest = Math.round(answers.reduce((a, b) => Math.min(a, b)))
  const highest = Math.round(answers.reduce((a, b) => Math.max(a, b)))
  const where = lowest === highest ? `at ${lowest}` : `between ${lowest} and ${highest}`
  return `${labelOf(reading, side)}, day by day: ${answers.length} answered days, ${where} of 100.`
}

/** One person's picture. Both people's answers set its range, so that the two can be read side by side. */
export const series = (reading: Reading, side: Side, { width }: { readonly width: number }): string => {
  const days = reading.days
  const first = days[0]?.day
  const last = days[days.length - 1]?.day
  const answersOf = (one: Side): readonly number[] => days.flatMap((day) => ownOf(day, one) ?? [])
  const answers = answersOf(side)
  if (first === undefined || last === undefined || answers.length === 0) return ''

  const frame = { left: 34, right: width - 6, top: 8, bottom: 148 }
  const range = answerRange([...answers, ...answersOf(partnerOf(side))])
  const x = linear(first - 0.5, last + 0.5, frame.left, frame.right)
  const y = clamped(range[0], range[1], frame.bottom, frame.top)
  const points = stretches(days, side, grainOf(days.length, width))
  const dots = points.flatMap(({ middle, own }) => (own === null ? [] : [`M${round(x(middle))},${round(y(own))}h0`]))
  const runs = running(points)
  const along = (run: readonly Running[], away: number): readonly Point[] =>
    run.map(({ middle, mean, spread }) => [x(middle), y(mean + away * spread)])

  return picture(
    width,
    frame.bottom + 26,
    sentence(reading, side, answers),
    levels(frame, answerLevels(range), y, String),
    timeAxis(frame, timeTicks(first, last, Math.floor(width / 60), reading.clock), x),
    element('path', { class: 'band', d: runs.map((run) => band(along(run, -1), along(run, 1), straight)).join('') }),
    element('path', { class: points.length > width / 2 ? 'dots many' : 'dots', d: dots.join('') }),
    element('path', { class: 'line', d: runs.map((run) => line(along(run, 0), straight)).join('') }),
  )
}
