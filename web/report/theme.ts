/** Light, dark, or as the device has it. Nothing is stored: the next opening starts from the device again. */

import { make } from './dom'

const choices = [
  ['', 'as this device'],
  ['light', 'light'],
  ['dark', 'dark'],
] as const

export const theme = (): void => {
  const select = make('select', {}, ...choices.map(([value, words]) => make('option', { value }, words)))
  select.addEventListener('change', () => {
    if (select.value === '') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = select.value
  })
  const label = make('label', { class: 'theme' }, 'Colours ', select)
  document.querySelector('header')?.append(label)
}
