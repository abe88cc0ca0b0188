/** Draws every `figure[data-chart]` at its own width, and again when that changes. */

import { forecast } from '../charts/forecast'
import { mapPicture } from '../charts/map'
import { sides, type Reading, type Side } from '../charts/reading'
import { grainOf, series, seriesWords } from '../charts/series'
import { weather } from '../charts/weather'
import { make } from './dom'
import { panel, show, type Drawing, type Panel } from './panel'
import { weaving } from './weaving'
import { rippleWithWhatIf } from './what_if'

/** Fills a figure and says what is to be drawn in it. */
type Chart = (figure: HTMLElement, reading: Reading) => readonly Drawing[]

const forEach =
  (panelOf: (reading: Reading, side: Side) => Panel): Chart =>
  (figure, reading) =>
    sides.map((side) => {
      const made = panelOf(reading, side)
      figure.append(made.box)
      return made
    })

const plain = (svg: (reading: Reading, side: Side, options: { readonly width: number }) => string): Chart =>
  forEach((reading, side) => panel(reading, side, (width) => svg(reading, side, { width })))

const note = (figure: HTMLElement, words = ''): HTMLElement => {
  const made = make('p', { class: 'note' }, words)
  figure.append(made)
  return made
}

const charts: Readonly<Record<string, Chart>> = {
  weave: weaving,
  series: (figure, reading) => {
    const drawings = plain(series)(figure, reading)
    const words = note(figure)
    const drawn = (width: number): void => {
      words.textContent = seriesWords(grainOf(reading.days.length, width))
    }
    return drawings.map((drawing) => ({ ...drawing, drawn }))
  },
  map: (figure, reading) => {
    const side = figure.dataset.side === 'b' ? 'b' : 'a'
    const leaning = reading.leaning[side]
    const place = make('div', { class: 'chart' })
    figure.append(place)
    return [{ place, svg: () => (leaning === null ? '' : mapPicture(leaning, `map-${side}`)) }]
  },
  ripple: (figure, reading) => {
    const drawings = forEach(rippleWithWhatIf)(figure, reading)
    note(
      figure,
      'The line is the middle of what is known. The inner band holds it as likely as not, the outer nine times in ' +
        'ten. A what-if is a picture of the model, never a promise.',
    )
    return drawings
  },
  weather: plain(weather),
  forecast: (figure, reading) => {
    const drawings = plain(forecast)(figure, reading)
    note(figure, 'An answer is as likely as not to lie in the inner band, and nine times in ten in the outer one.')
    return drawings
  },
}

export const figures = (reading: Reading): void => {
  const drawings = [...document.querySelectorAll<HTMLElement>('figure[data-chart]')].flatMap((figure) => {
    figure.classList.add('drawn')
    return charts[figure.dataset.chart ?? '']?.(figure, reading) ?? []
  })
  // All are measured before the first is drawn: measuring in between would lay the page out once for each.
  const widths = new Map(drawings.map((drawing) => [drawing, drawing.place.clientWidth]))
  for (const [drawing, width] of widths) show(drawing, width)
  for (const { place } of drawings) {
    if (!place.hasChildNodes()) place.parentElement?.remove()
  }
  for (const figure of document.querySelectorAll('figure.drawn:not(:has(svg))')) figure.remove()

  const byPlace = new Map<Element, Drawing>(drawings.map((drawing) => [drawing.place, drawing]))
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const drawing = byPlace.get(target)
      const width = target.clientWidth
      if (drawing === undefined || widths.get(drawing) === width) continue
      widths.set(drawing, width)
      show(drawing, width)
    }
  })
  for (const place of byPlace.keys()) observer.observe(place)
}
