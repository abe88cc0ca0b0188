/** SVG as text. Whatever comes from a diary passes through `escape`, so that no label can end an element. */

export type Attributes = Readonly<Record<string, string | number | undefined>>

export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** A coordinate with at most two decimals: finer than any screen, and short. */
export const round = (x: number): number => Math.round(x * 100) / 100

const attribute = ([name, value]: [string, string | number | undefined]): string => {
  if (value === undefined) return ''
  return ` ${name}="${typeof value === 'number' ? round(value) : escape(value)}"`
}

/** An element; `children` is SVG text already. */
export const element = (name: string, attributes: Attributes, ...children: readonly string[]): string => {
  const open = `<${name}${Object.entries(attributes).map(attribute).join('')}`
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`
}

/** A text element whose words come from anywhere. */
export const textElement = (attributes: Attributes, words: string): string =>
  element('text', attributes, escape(words))

/** A whole picture with what a screen reader says of it. Its details are in a table beside it. */
export const picture = (width: number, height: number, name: string, ...children: readonly string[]): string =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: width,
      height: height,
      role: 'img',
      'aria-label': name,
    },
    ...children,
  )
