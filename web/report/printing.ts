/** On paper nothing can be opened, so what belongs to a card is printed open. The table of every day stays as it is. */

const folded = 'details.sure:not([open])'

export const printing = (): void => {
  let opened: readonly HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>(folded)]
    for (const details of opened) details.open = true
  })
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false
  })
}
