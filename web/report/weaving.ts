/** The weave in the page: its key, earlier and later days, and any day in words. */

import type { Reading } from '../charts/reading'
import { weave, weaveLegend } from '../charts/weave'
import { make } from './dom'
import { show, type Drawing } from './panel'
import { earlier, later, latest, type Stretch } from './stretch'

const eightWeeks = 56
/** More than two years of weeks are no picture any more. */
const longest = 728

const button = (words: string): HTMLButtonElement => make('button', { type: 'button' }, words)

export const weaving = (figure: HTMLElement, reading: Reading): readonly Drawing[] => {
  const first = reading.days[0]?.day
  const last = reading.days.at(-1)?.day
  if (first === undefined || last === undefined) return []
  const whole: Stretch = { from: first, days: last - first + 1 }
  let shown = latest(whole, eightWeeks)
  let chosen: number | undefined

  const place = make('div', { class: 'weave' })
  const key = make('div')
  const before = button('Earlier')
  const after = button('Later')
  const all = button('')
  const slider = make('input', { type: 'range', id: 'weave-day', min: '0', step: '1' })
  const words = make('output', { for: slider.id })
  const day = make(
    'div',
    { class: 'one-day' },
    make('label', { for: slider.id }, 'One day in words'),
    slider,
    make('p', { class: 'day-words' }, words),
  )

  const rows = (): readonly SVGRectElement[] => [...place.querySelectorAll<SVGRectElement>('[data-day]')]
  const saidOf = (row: Element | undefined): string => row?.querySelector('title')?.textContent ?? ''

  /** Marks the chosen day's row, and says it; until one is chosen, how to choose. */
  const mark = (): void => {
    const there = rows()
    const index = there.findIndex((row) => Number(row.dataset.day) === chosen)
    for (const [i, row] of there.entries()) row.classList.toggle('chosen', i === index)
    const at = index < 0 ? there.length - 1 : index
    slider.max = String(there.length - 1)
    slider.value = String(at)
    slider.setAttribute('aria-valuetext', saidOf(there[at]).split('\n')[0] ?? '')
    day.classList.toggle('said', index >= 0)
    words.textContent = index < 0 ? 'Tap a day in the weave, or move along the days here.' : saidOf(there[index])
  }

  const drawing: Drawing = {
    place,
    svg: (width) => {
      const options = { width, ...shown }
      key.innerHTML = weaveLegend(reading, options)
      return weave(reading, options)
    },
    drawn: mark,
  }

  const turnTo = (next: Stretch): void => {
    shown = next
    chosen = undefined
    settle()
    show(drawing)
  }
  const settle = (): void => {
    before.disabled = shown.from === whole.from
    after.disabled = shown.from + shown.days === whole.from + whole.days
    all.textContent = shown.days > eightWeeks ? 'Eight weeks' : whole.days > longest ? 'Two years at once' : 'All at once'
  }
  before.addEventListener('click', () => turnTo(earlier(whole, shown)))
  after.addEventListener('click', () => turnTo(later(whole, shown)))
  all.addEventListener('click', () => turnTo(latest(whole, shown.days > eightWeeks ? eightWeeks : longest)))
  const choose = (row: SVGRectElement | undefined): void => {
    if (row === undefined) return
    chosen = Number(row.dataset.day)
    mark()
  }
  slider.addEventListener('input', () => choose(rows()[slider.valueAsNumber]))
  place.addEventListener('click', ({ target }) => {
    if (target instanceof SVGRectElement && target.dataset.day !== undefined) choose(target)
  })
  settle()

  const pager = make('div', { class: 'pager' }, before, after, all)
  figure.append(
    ...(whole.days > eightWeeks ? [pager] : []),
    place,
    day,
    key,
  )
  return [drawing]
}
