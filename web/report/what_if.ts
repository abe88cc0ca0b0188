/** The ripple with its what-if: a slider that moves how fast one person comes back by themselves. */

import { whatIfRange } from '../charts/drift'
import { labelOf, type Reading, type Side } from '../charts/reading'
import { drawsOf, ripple, timesWords } from '../charts/ripple'
import { make, onceAFrame } from './dom'
import { panel, show, type Panel } from './panel'

/** Slider steps to one doubling. Steps are of a ratio, so that "half as fast" lies as far away as "twice as fast". */
const stepsToDouble = 20

/** The steps within a range of ratios; 0 is "as it is". */
export const stepsOf = ([slowest, fastest]: readonly [number, number]): readonly [lowest: number, highest: number] => [
  Math.ceil(stepsToDouble * Math.log2(slowest)),
  Math.floor(stepsToDouble * Math.log2(fastest)),
]

export const timesAt = (step: number): number => 2 ** (step / stepsToDouble)

/** What an end of the slider means; a screen reader has it from the label. */
const end = (words: string): HTMLElement => make('span', { 'aria-hidden': 'true' }, words)

export const rippleWithWhatIf = (reading: Reading, side: Side): Panel => {
  let times = 1
  const drawing = panel(reading, side, (width) => ripple(reading, side, { width, times }))
  const draws = drawsOf(reading, side)
  if (draws.length === 0) return drawing

  const [lowest, highest] = stepsOf(whatIfRange(draws))
  const id = `what-if-${side}`
  const slider = make('input', { type: 'range', id, min: `${lowest}`, max: `${highest}`, step: '1', value: '0' })
  // Quiet for a screen reader, which says the slider's own value: once is enough.
  const words = make('output', { for: id, 'aria-live': 'off' })
  const reset = make(
    'button',
    { type: 'button' },
    'As it is',
    make('span', { class: 'unseen' }, `, for ${labelOf(reading, side)}`),
  )
  const redraw = onceAFrame(() => show(drawing))
  const move = (step: number): void => {
    times = timesAt(step)
    slider.value = String(step)
    slider.setAttribute('aria-valuetext', timesWords(times))
    words.textContent = step === 0 ? 'The picture as it is now.' : `Now dashed; filled, ${timesWords(times)}.`
    reset.disabled = step === 0
  }
  slider.addEventListener('input', () => {
    move(slider.valueAsNumber)
    redraw()
  })
  reset.addEventListener('click', () => {
    move(0)
    redraw()
    // A button that goes away would take the keyboard's place with it.
    slider.focus()
  })
  move(0)

  drawing.box.append(
    make(
      'div',
      { class: 'what-if' },
      make('label', { for: id }, 'What if ', make('bdi', {}, labelOf(reading, side)), ' came back slower, or faster?'),
      make('div', { class: 'slide' }, end('slower'), slider, end('faster')),
      make('p', { class: 'note' }, words),
      reset,
    ),
  )
  return drawing
}
