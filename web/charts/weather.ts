/**
 * Whose weather: a bar that runs softly from one's own weather to the rest, as far as these days tell. What is not
 * one's own is never taken apart, and the bar has no numbers: none of it is a measure of another person.
 */

import { cardOf, labelOf, type Estimate, type Reading, type Side } from './reading'
import { element, picture, textElement } from './svg'

/** The boundary's softness: how much of one's own colour is left at each share of the bar. */
const boundary = (own: Estimate): readonly (readonly [share: number, opacity: number])[] => [
  [own.interval_90[0], 1],
  [own.interval_50[0], 0.75],
  [own.median, 0.5],
  [own.interval_50[1], 0.25],
  [own.interval_90[1], 0],
]

export const weather = (reading: Reading, side: Side, { width }: { readonly width: number }): string => {
  const own = cardOf(reading, 'whose_weather', side)?.details?.own
  if (own === undefined) return ''
  const bar = { x: 1, y: 8, width: width - 2, height: 28, rx: 14 }
  const middle = width / 2
  const stops = boundary(own).map(([offset, opacity]) =>
    element('stop', { offset, class: 'own', 'stop-opacity': opacity }),
  )
  const gradient = `own-weather-${side}`
  return picture(
    width,
    62,
    `${labelOf(reading, side)}’s ups and downs: their own weather at the left, weather that met both at the right.`,
    element('linearGradient', { id: gradient }, ...stops),
    element('rect', { class: 'rest', ...bar }),
    element('rect', { fill: `url(#${gradient})`, ...bar }),
    element('line', { class: 'turn', x1: middle, x2: middle, y1: 4, y2: 40 }),
    textElement({ class: 'tick', x: 2, y: 56 }, 'own weather'),
    textElement({ class: 'tick', x: width - 2, y: 56, 'text-anchor': 'end' }, 'weather that met both'),
  )
}
