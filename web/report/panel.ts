/** A picture of one person, under their name. */

import { labelOf, type Reading, type Side } from '../charts/reading'
import { make } from './dom'

/** A picture in its place: `svg` makes it for a width, and is empty when there is nothing to draw. */
export interface Drawing {
  readonly place: HTMLElement
  readonly svg: (width: number) => string
  /** What follows once it is drawn. */
  readonly drawn?: (width: number) => void
}

/** Draws at the width the place has now; what is hidden has none and is left as it is. */
export const show = ({ place, svg, drawn }: Drawing, width = place.clientWidth): void => {
  if (width === 0) return
  place.innerHTML = svg(width)
  drawn?.(width)
}

export interface Panel extends Drawing {
  readonly box: HTMLElement
}

export const panel = (reading: Reading, side: Side, svg: (width: number) => string): Panel => {
  const place = make('div', { class: 'chart' })
  const name = make('p', { class: 'who' }, make('bdi', {}, labelOf(reading, side)))
  return { place, svg, box: make('div', { class: `panel side-${side}` }, name, place) }
}
