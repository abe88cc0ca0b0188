/** Looking ahead: the last three weeks of answers, and where the next seven days are likely to lie. */

import { answerLevels, answerRange, clamped, fan, levels, linear, timeAxis, type Known } from './plot'
import { cardOf, labelOf, ownOf, sides, type Estimate, type Reading, type Side } from './reading'
import { element, picture, round } from './svg'
import { timeTicks } from './time'

const past = 21

const aheadOf = (reading: Reading, side: Side): readonly Estimate[] =>
  cardOf(reading, 'forecast', side)?.details?.ahead?.flatMap(({ own }) => own ?? []) ?? []

/** One person's picture. Both people's numbers set its range, so that the two can be read side by side. */
export const forecast = (reading: Reading, side: Side, { width }: { readonly width: number }): string => {
  const ahead = aheadOf(reading, side)
  const recent = reading.days.slice(-past)
  const last = recent[recent.length - 1]?.day
  if (ahead.length === 0 || last === undefined) return ''

  const frame = { left: 34, right: width - 6, top: 8, bottom: 148 }
  const range = answerRange(
    sides.flatMap((one) => [
      ...recent.flatMap((day) => ownOf(day, one) ?? []),
      ...aheadOf(reading, one).flatMap(({ interval_90 }) => interval_90),
    ]),
  )
  const x = linear(last - past + 0.5, last + ahead.length + 0.5, frame.left, frame.right)
  const y = clamped(range[0], range[1], frame.bottom, frame.top)
  const known = ahead.map((estimate, i): Known => [x(last + 1 + i), estimate])
  const dots = recent.flatMap((day) => {
    const own = ownOf(day, side)
    return own === null ? [] : [`M${round(x(day.day))},${round(y(own))}h0`]
  })

  return picture(
    width,
    frame.bottom + 26,
    `${labelOf(reading, side)}: the answers of the last three weeks, and a fan where the next ${ahead.length} may lie.`,
    levels(frame, answerLevels(range), y, String),
    timeAxis(frame, timeTicks(last - past + 1, last + ahead.length, Math.floor(width / 60), reading.clock), x),
    element('line', { class: 'turn', x1: x(last + 0.5), x2: x(last + 0.5), y1: frame.top, y2: frame.bottom }),
    fan(known, y),
    element('path', { class: 'dots', d: dots.join('') }),
  )
}
