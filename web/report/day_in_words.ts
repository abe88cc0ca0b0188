/** A row of the weave, a day or a week, in words: by a tap on it, or by moving a slider along the rows. */

import { make } from './dom'

export interface DayInWords {
  readonly box: HTMLElement
  /** Finds its rows anew, after the weave in `place` was drawn; a chosen day that is still there stays chosen. */
  readonly refresh: () => void
}

/** What a row says of itself: its first line is the day. */
const wordsOf = (row: Element | undefined): string => row?.querySelector('title')?.textContent ?? ''

export const dayInWords = (place: HTMLElement): DayInWords => {
  let rows: readonly SVGRectElement[] = []
  let chosen: string | undefined
  const slider = make('input', { type: 'range', id: 'weave-day', min: '0', step: '1' })
  const words = make('output', { for: slider.id })
  const label = make('label', { for: slider.id }, 'One row in words')
  const box = make('div', { class: 'one-day' }, label, slider, make('p', { class: 'day-words' }, words))

  const mark = (): void => {
    const index = rows.findIndex((row) => row.dataset.day === chosen)
    for (const [i, row] of rows.entries()) row.classList.toggle('chosen', i === index)
    const at = index < 0 ? rows.length - 1 : index
    slider.value = String(at)
    slider.setAttribute('aria-valuetext', wordsOf(rows[at]).split('\n')[0] ?? '')
    words.textContent = index < 0 ? 'Tap a row of the weave, or move along its rows here.' : wordsOf(rows[index])
    box.classList.toggle('said', index >= 0)
  }
  const choose = (row: SVGRectElement | undefined): void => {
    chosen = row?.dataset.day
    mark()
  }
  slider.addEventListener('input', () => choose(rows[slider.valueAsNumber]))
  place.addEventListener('click', ({ target }) => {
    const row = rows.find((one) => one === target)
    if (row !== undefined) choose(row)
  })

  const refresh = (): void => {
    rows = [...place.querySelectorAll<SVGRectElement>('[data-day]')]
    slider.max = String(rows.length - 1)
    mark()
  }
  return { box, refresh }
}
