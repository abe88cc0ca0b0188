/** The key to a weave: what its marks mean, only of those it has. */

import { momentsOf, type Reading, type Side, sides } from './reading'
import { element, escape } from './svg'
import { colour } from './weave_colours'
import { glyph, stitched } from './weave_glyphs'
import {
  type BySide,
  deepest,
  type EdgeState,
  isClosenessMissing,
  type Row,
  weaveLayout,
  type WeaveOptions,
} from './weave_layout'
import { chipOf, families, type Family } from './weave_stitches'
import { labelAtStart } from './weave_words'

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

const bareThreads = (d: string): string =>
  element('path', { d, stroke: colour('thread-bare'), 'stroke-width': 1.2 })

/** Dyed threads, dashed if they are of someone unseen. */
const dyedThreads = (d: string, side: Side, unseen: BySide<boolean>): string =>
  element('path', {
    d,
    stroke: colour(`thread-${side}-4`),
    ...(unseen[side] ? { 'stroke-width': 2, 'stroke-dasharray': '5 3' } : {}),
  })

/** The threads in the middle of a row without closeness: bare, between those that are dyed. */
const bareBetween = (unseen: BySide<boolean>): string =>
  dyedThreads('M3 1V15M8 1V15', 'a', unseen) +
  bareThreads('M13 1V15M17 1V15M21 1V15') +
  dyedThreads('M26 1V15M31 1V15', 'b', unseen)

const crossed = (unseen: BySide<boolean>): string => {
  const a = 'M4 0C4 8 20 8 20 16M14 0C14 8 30 8 30 16'
  const b = 'M30 0C30 8 14 8 14 16M20 0C20 8 4 8 4 16'
  const thread = (d: string, side: Side): string =>
    element('path', { d, stroke: colour('cloth'), 'stroke-width': 4.6 }) +
    dyedThreads(d, side, unseen)
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

/** Words of the edges there are; a loop that is beside no cord needs others. */
const edgeWords = (state: EdgeState, hasFirm: boolean): string => {
  if (state === 'firm') return "A firm edge: a day with something of one's own noted."
  if (state === 'quiet') return 'A plain line: a day without an answer about moments.'
  return hasFirm ? 'A soft loop: a day without such a note.' : 'A soft loop: a day on which moments were looked at.'
}

/** A family's stitch; one that points somewhere is shown as it lies on the halves it is on. */
const stitchSwatch = (family: Family, name: string, whose: readonly Side[]): string => {
  const shown = family.points === undefined ? whose.slice(0, 1) : whose
  const uses = shown
    .map((side, index) => {
      const x = shown.length === 1 ? 17 : 9 + 16 * index
      return element('use', { href: `#${name}`, transform: `matrix(${side === 'a' ? 5 : -5} 0 0 5 ${x} 8)` })
    })
    .join('')
  return swatch(34, element('defs', {}, glyph(name, family)), stitched(family, uses, uses))
}

/** Said once, above the stitches. */
const noDuty = 'No sign is good or bad, and no day has to have one.'

/** A key to what this picture shows, and to nothing else: HTML, a list and with stitches another. */
export const weaveLegend = (reading: Reading, options: WeaveOptions): string => {
  const layout = weaveLayout(reading, options)
  const id = `${options.id ?? 'weave'}-key`
  const item = (drawing: string, words: string): string => `<li>${drawing}<span>${escape(words)}</span></li>`
  const seen = sides.filter((side) => !layout.unseen[side])

  const items = seen.map((side) =>
    item(swatch(40, depths(side)), `${labelAtStart(reading, side)}: pale a good day, deep a hard one.`),
  )
  const unseen = seen.length === 1 ? sides.filter((side) => layout.unseen[side]) : []
  for (const side of unseen) {
    const dashes = { d: fourThreads, stroke: colour(`thread-${side}-3`), 'stroke-width': 2, 'stroke-dasharray': '5 3' }
    const words = `${labelAtStart(reading, side)}: dashed, as I saw it. How they felt is theirs to say.`
    items.push(item(swatch(34, element('path', dashes)), words))
  }
  if (layout.rows.some((row) => seen.some((side) => row.depth[side] === null))) {
    items.push(item(swatch(34, bareThreads(fourThreads)), 'Thin threads without colour: no answer.'))
  }
  if (layout.closenessNoted) {
    const view = unseen.length > 0 ? 'as I saw it' : 'by the mean if both noted it'
    const words = `Threads cross as far as the day felt close, ${view}. Few or none crossing: less close.`
    items.push(item(swatch(34, crossed(layout.unseen)), words))
  }
  const answered = (row: Row): boolean => seen.some((side) => row.depth[side] !== null)
  if (layout.rows.some((row) => isClosenessMissing(layout, row) && answered(row))) {
    items.push(item(swatch(34, bareBetween(layout.unseen)), 'Only the inner threads without colour: closeness was not noted.'))
  }
  const withEdge = (state: EdgeState): readonly Side[] =>
    seen.filter((side) => layout.edges.some((edge) => edge.side === side && edge.state === state))
  const hasFirm = withEdge('firm').length > 0
  for (const state of ['firm', 'soft', 'quiet'] as const) {
    const drawn = withEdge(state).map((side) => edgeSwatch(state, side))
    if (drawn.length > 0) items.push(item(swatch(34, ...drawn), edgeWords(state, hasFirm)))
  }

  const noted = new Set(
    layout.rows
      .flatMap(({ days }) => days)
      .flatMap((day) => sides.flatMap((side) => momentsOf(day, side) ?? []))
      .map(({ name }) => name),
  )
  const stitches = families.flatMap((family, index) => {
    const whose = sides.filter((side) => layout.stitches.some((one) => one.side === side && one.family === index))
    if (whose.length === 0) return []
    const drawing = stitchSwatch(family, `${id}-${family.id}`, whose)
    const points = family.points === undefined ? '' : ` (points ${family.points})`
    const chips = family.moments
      .filter((moment) => noted.has(moment))
      .map(chipOf)
      .filter((chip) => chip !== family.words)
    return [`<li>${drawing}<span><b>${escape(family.words)}</b>${escape(`${points} ${chips.join(', ')}`)}</span></li>`]
  })
  const list = (all: readonly string[]): string => `<ul class="weave-key">${all.join('')}</ul>`
  if (stitches.length === 0) return list(items)
  const whose = seen.length > 1 ? 'The signs on each half were noted by that person. ' : ''
  return `${list(items)}<p class="weave-key-note">${whose}${noDuty}</p>${list(stitches)}`
}
