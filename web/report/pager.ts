/** The buttons that turn the weave to other days. */

import { make } from './dom'
import { earlier, inside, later, latest, type Stretch } from './stretch'

const eightWeeks = 56
/** More than two years of weeks are no picture any more. */
const longest = 728

/** What the weave shows before any button is pressed. */
export const firstShown = (whole: Stretch): Stretch => latest(whole, eightWeeks)

/** Buttons for a diary longer than one picture of days; nothing for a shorter one. */
export const pager = (whole: Stretch, turnTo: (shown: Stretch) => void): readonly HTMLElement[] => {
  if (whole.days <= eightWeeks) return []
  let shown = firstShown(whole)
  const before = make('button', { type: 'button' }, 'Earlier')
  const after = make('button', { type: 'button' }, 'Later')
  const all = make('button', { type: 'button' })

  const settle = (): void => {
    before.disabled = shown.from === whole.from
    after.disabled = shown.from + shown.days === whole.from + whole.days
    const most = whole.days > longest ? 'Two years at once' : 'All at once'
    all.textContent = shown.days > eightWeeks ? 'Eight weeks' : most
  }
  const leads = (button: HTMLButtonElement, next: () => Stretch): void =>
    button.addEventListener('click', () => {
      shown = inside(whole, next())
      settle()
      turnTo(shown)
      // A button that goes away would take the keyboard's place with it.
      if (button.disabled) all.focus()
    })
  leads(before, () => earlier(shown))
  leads(after, () => later(shown))
  leads(all, () => latest(whole, shown.days > eightWeeks ? eightWeeks : longest))
  settle()
  return [make('div', { class: 'pager', role: 'group', 'aria-label': 'Which days' }, before, after, all)]
}
