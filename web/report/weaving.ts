/** The weave in the page: its key, earlier and later days, and any day in words. */

import type { Reading } from '../charts/reading'
import { weave, weaveCaption, weaveLegend } from '../charts/weave'
import { dayInWords } from './day_in_words'
import { make } from './dom'
import { firstShown, pager } from './pager'
import { show, type Drawing } from './panel'

export const weaving = (figure: HTMLElement, reading: Reading): readonly Drawing[] => {
  const first = reading.days[0]?.day
  const last = reading.days.at(-1)?.day
  if (first === undefined || last === undefined) return []
  const whole = { from: first, days: last - first + 1 }
  let shown = firstShown(whole)

  const place = make('div', { class: 'weave' })
  const caption = make('p', { class: 'note' })
  const key = make('div')
  const day = dayInWords(place)
  const drawing: Drawing = {
    place,
    svg: (width) => weave(reading, { width, ...shown }),
    drawn: (width) => {
      caption.textContent = weaveCaption(reading, { width, ...shown })
      key.innerHTML = weaveLegend(reading, { width, ...shown })
      day.refresh()
    },
  }
  const buttons = pager(whole, (next) => {
    shown = next
    show(drawing)
  })
  figure.append(caption, ...buttons, place, day.box, key)
  return [drawing]
}
