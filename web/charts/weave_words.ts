/** The weave in words. */

import { closeOf, type Day, labelOf, momentsOf, ownOf, type Reading, type Side, sides } from './reading'
import { dayWords } from './time'
import {
  daysOf,
  groupByWeek,
  isClosenessMissing,
  mean,
  type Row,
  type WeaveLayout,
  weaveLayout,
  type WeaveOptions,
  type Window,
} from './weave_layout'
import { chipOf } from './weave_stitches'

const said = (value: number | null): string => (value === null ? 'no answer' : String(Math.round(value)))

/** A label where a line begins; one that people chose stays as they wrote it. */
export const labelAtStart = (reading: Reading, side: Side): string => reading.sides[side] ?? 'Your partner'

/** What a row says, in words: for those who point at it, and for the page to show. */
export const rowWords = (reading: Reading, layout: WeaveLayout, row: Row): string => {
  const first = row.days[0]
  if (first === undefined) return ''
  const when = dayWords(first.day, reading.clock)
  const lines = [layout.daysPerRow === 1 ? when : `The week from ${when}`]
  for (const side of sides) {
    if (layout.unseen[side]) continue
    const label = labelAtStart(reading, side)
    const chips = new Set(row.days.flatMap((day) => momentsOf(day, side) ?? []).map(({ name }) => chipOf(name)))
    lines.push([`${label}: ${said(row.own[side])}`, ...chips].join(' · '))
  }
  if (row.close !== null) lines.push(`Close: ${said(row.close)}`)
  if (isClosenessMissing(layout, row)) lines.push('Close: not noted')
  return lines.join('\n')
}

/** A week needs so many answers before it is called anything. */
const leastInWeek = 3

/** The week with the highest or lowest mean of something, if at least two weeks have enough of it and they differ. */
const standoutWeek = (
  weeks: readonly (readonly Day[])[],
  value: (day: Day) => number | null,
  sign: 1 | -1,
): Day | undefined => {
  const known = weeks.flatMap((week) => {
    const values = week.map(value).filter((one) => one !== null)
    const average = mean(values)
    const first = week[0]
    return average === null || first === undefined || values.length < leastInWeek ? [] : [{ average, first }]
  })
  const sorted = known.toSorted((one, other) => sign * (other.average - one.average))
  return sorted.length > 1 && sorted[0]?.average !== sorted[1]?.average ? sorted[0]?.first : undefined
}

/** "a", "a and b", "a, b and c". */
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`

/** What the picture shows at a glance, in one sentence; it counts and points, and judges nothing. */
export const weaveSentence = (reading: Reading, window: Window = {}): string => {
  const days = daysOf(reading, window)
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return 'The weave has no days yet.'
  const words = (day: Day): string => dayWords(day.day, reading.clock)
  const answered = sides
    .map((side) => ({ label: labelOf(reading, side), on: days.filter((day) => ownOf(day, side) !== null).length }))
    .filter(({ on }) => on > 0)
  if (days.length === 1) {
    return `On ${words(first)}, ${listed(answered.map(({ label }) => label)) || 'nobody'} answered.`
  }

  const span = `In the ${days.length} days from ${words(first)} to ${words(last)}`
  const counts = answered.map(({ label, on }, index) => `${label} ${index === 0 ? 'answered on' : 'on'} ${on}`)
  const weeks = groupByWeek(days, reading.clock)
  const standing = [
    {
      what: 'the week that felt closest',
      week: standoutWeek(weeks, (day) => mean(sides.map((side) => closeOf(day, side))), 1),
    },
    ...sides.map((side) => ({
      what: `${labelOf(reading, side)}'s hardest week`,
      week: standoutWeek(weeks, (day) => ownOf(day, side), -1),
    })),
  ].flatMap(({ what, week }) => (week === undefined ? [] : [{ what, when: words(week) }]))
  const began = standing.map(({ what, when }, index) => `${what} ${index === 0 ? 'began on' : 'on'} ${when}`)
  return `${span}, ${[listed(counts) || 'nobody answered', listed(began)].filter((part) => part !== '').join('; ')}.`
}

/** How to read the picture, in a line to stand above it. */
export const weaveCaption = (reading: Reading, options: WeaveOptions): string => {
  const layout = weaveLayout(reading, options)
  if (layout.rows.length === 0) return ''
  const row = layout.daysPerRow === 7 ? 'week' : 'day'
  const isAlone = layout.unseen.a !== layout.unseen.b
  return [
    row === 'week' ? 'A row is a week, by its mean.' : 'A row is a day.',
    `Pale is a good ${row}, deep a hard one.`,
    layout.closenessNoted
      ? `The threads cross as far as the ${row} felt close${isAlone ? ' to the one who noted it' : ''}.`
      : 'How close it felt was not noted, so the halves lie side by side.',
    isAlone ? 'The dashed half says nothing of how the other felt.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}
