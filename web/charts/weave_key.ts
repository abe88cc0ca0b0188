/** The key to a weave: what its marks mean, only of those it has. */

import { labelOf, momentsOf, type Reading, type Side, sides } from './reading'
import { element, escape } from './svg'
import { colour } from './weave_colours'
import { glyph, stitched } from './weave_glyphs'
import { deepest, type EdgeState, weaveLayout, type WeaveOptions } from './weave_layout'
import { chipOf, families } from './weave_stitches'

/** A swatch of the key: a small drawing beside its words, which say the same. */
const swatch = (width: number, ...drawn: readonly string[]): string =>
  element(
    'svg',
    { viewBox: `0 0 ${width} 16`, width, height: 16, 'aria-hidden': 'true', fill: 'none', 'stroke-width': 3 },
    ...drawn,
  )

const depths = (side: Side): string =>
  Array.from({ length: deepest }, (_, index) => index + 1)
    .map((depth) => element('path', { d: `M${depth * 5} 1V15`, stroke: colour(`thread-${side}-${depth}`) }))
    .join('')

const fourThreads = 'M5 1V15M12 1V15M19 1V15M26 1V15'

const crossed = (): string => {
  const a = 'M4 0C4 8 20 8 20 16M14 0C14 8 30 8 30 16'
  const b = 'M30 0C30 8 14 8 14 16M20 0C20 8 4 8 4 16'
  const thread = (d: string, side: Side): string =>
    element('path', { d, stroke: colour('cloth'), 'stroke-width': 4.6 }) +
    element('path', { d, stroke: colour(`thread-${side}-4`) })
  return thread(a, 'a') + thread(b, 'b')
}

/** An edge as either may have it: a's at the left of the swatch, b's at the right. */
const edgeSwatch = (state: EdgeState, side: Side): string => {
  const x = side === 'a' ? 10 : 24
  const outwards = side === 'a' ? -1 : 1
  if (state === 'quiet') return element('path', { d: `M${x} 1V15`, stroke: colour('edge-quiet'), 'stroke-width': 1 })
  if (state === 'soft') {
    const [near, bulge] = [x - 3 * outwards, x + 4 * outwards]
    const d = `M${near} 1C${bulge} 1 ${bulge} 15 ${near} 15`
    return element('path', { d, stroke: colour(`thread-${side}-3`), 'stroke-width': 1.2 })
  }
  const cord = { stroke: colour(`thread-${side}-6`), 'stroke-width': 5 }
  return element('g', { 'stroke-linecap': 'round' }, element('path', { d: `M${x} 4V12`, ...cord }))
}
const edgeWords: Readonly<Record<EdgeState, string>> = {
  firm: 'A firm edge: a day with own ground.',
  soft: 'A soft loop: a day with other things in it.',
  quiet: 'A plain line: no moments noted.',
}

/** A key to what this picture shows, and to nothing else: a list in HTML. */
export const weaveLegend = (reading: Reading, options: WeaveOptions): string => {
  const layout = weaveLayout(reading, options)
  const id = `${options.id ?? 'weave'}-key`
  const item = (drawing: string, words: string): string => `<li>${drawing}<span>${escape(words)}</span></li>`
  const seen = sides.filter((side) => !layout.unseen[side])

  const items = seen.map((side) =>
    item(swatch(40, depths(side)), `${labelOf(reading, side)}: pale a good day, deep a hard one.`),
  )
  const unseen = seen.length === 1 ? sides.filter((side) => layout.unseen[side]) : []
  for (const side of unseen) {
    const dashes = { d: fourThreads, stroke: colour(`thread-${side}-3`), 'stroke-width': 2, 'stroke-dasharray': '5 3' }
    items.push(item(swatch(34, element('path', dashes)), `${labelOf(reading, side)}: dashed, as I saw it.`))
  }
  if (layout.rows.some((row) => seen.some((side) => row.depth[side] === null))) {
    const undyed = { d: fourThreads, stroke: colour('thread-undyed') }
    items.push(item(swatch(34, element('path', undyed)), 'Undyed: no answer.'))
  }
  if (layout.closenessNoted) items.push(item(swatch(34, crossed()), 'Threads cross as far as the day felt close.'))
  for (const state of ['firm', 'soft', 'quiet'] as const) {
    const whose = seen.filter((side) => layout.edges.some((edge) => edge.side === side && edge.state === state))
    const drawn = whose.map((side) => edgeSwatch(state, side))
    if (drawn.length > 0) items.push(item(swatch(34, ...drawn), edgeWords[state]))
  }

  const noted = new Set(
    layout.rows
      .flatMap(({ days }) => days)
      .flatMap((day) => sides.flatMap((side) => momentsOf(day, side) ?? []))
      .map(({ name }) => name),
  )
  families.forEach((family, index) => {
    if (!layout.stitches.some((stitch) => stitch.family === index)) return
    const name = `${id}-${family.id}`
    const use = element('use', { href: `#${name}`, transform: 'matrix(5 0 0 5 17 8)' })
    const drawing = swatch(34, element('defs', {}, glyph(name, family)), stitched(family, use, use))
    const chips = family.moments.filter((moment) => noted.has(moment)).map(chipOf)
    items.push(`<li>${drawing}<span><b>${escape(family.words)}</b> ${escape(chips.join(', '))}</span></li>`)
  })
  return `<ul class="weave-key">${items.join('')}</ul>`
}
