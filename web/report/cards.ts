/** Any card can be hidden; what stays is one line with its name and the way back. */

import { make } from './dom'

export const cards = (): void => {
  for (const card of document.querySelectorAll<HTMLElement>('section.card')) {
    const heading = card.querySelector('h2')
    if (heading === null) continue
    const verb = make('span', {}, 'Hide')
    const button = make(
      'button',
      { type: 'button', class: 'hide', 'aria-expanded': 'true' },
      verb,
      make('span', { class: 'unseen' }, ` ${heading.textContent ?? ''}`),
    )
    button.addEventListener('click', () => {
      const hidden = card.classList.toggle('hidden')
      button.setAttribute('aria-expanded', String(!hidden))
      verb.textContent = hidden ? 'Show' : 'Hide'
    })
    heading.after(button)
  }
}
