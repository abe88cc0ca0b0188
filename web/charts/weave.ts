/** The weave: one row a day, two warps for two people. What each mark means is in docs/weave.md. */

import { Pen, tenth } from './pen'
import { partnerOf, type Reading, type Side, sides } from './reading'
import { element, escape, picture, textElement } from './svg'
import { cloth } from './weave_cloth'
import { colour } from './weave_colours'
import { glyph, stitched } from './weave_glyphs'
import { edgeRoom, looseEnd, nameGap, type WeaveLayout, weaveLayout, type WeaveOptions } from './weave_layout'
import { families } from './weave_stitches'
import { labelAtStart, rowWords, weaveSentence } from './weave_words'

export type { WeaveOptions } from './weave_layout'
export { weaveLegend } from './weave_key'
export { rowWords, weaveCaption, weaveSentence } from './weave_words'

const stitches = (layout: WeaveLayout, id: string): string =>
  families
    .map((family, index) => {
      const name = `${id}-${family.id}`
      const places = layout.stitches.filter((stitch) => stitch.family === index)
      if (places.length === 0) return ''
      const uses = places.map(({ side, x, y, days }) => {
        const radius = layout.stitchRadius * stitchSize(layout, days)
        const mirrored = side === 'a' ? radius : -radius
        return element('use', {
          href: `#${name}`,
          transform: `matrix(${tenth(mirrored)} 0 0 ${tenth(radius)} ${tenth(x)} ${tenth(y)})`,
        })
      })
      const all = `${name}-all`
      return (
        element('defs', {}, glyph(name, family)) +
        stitched(family, element('g', { id: all }, ...uses), element('use', { href: `#${all}` }))
      )
    })
    .join('')

/** In a row of a week a stitch grows with the days it was noted on, up to three. */
const stitchSize = ({ daysPerRow }: WeaveLayout, days: number): number =>
  daysPerRow === 1 ? 1 : 0.46 + 0.18 * Math.min(days, 3)

/**
 * The selvedges. Own ground: a firm cord. Looked, and none noted: the weft turns in a soft loop. Nothing noted: a plain
 * line.
 */
const edges = (layout: WeaveLayout): string => {
  // A day in the row of a week is too low for a loop or a round end.
  const isRound = layout.daysPerRow === 1
  const draw = (side: Side): string => {
    const outwards = side === 'a' ? -1 : 1
    const pens = { firm: new Pen(), soft: new Pen(), quiet: new Pen() }
    for (const { side: whose, state, x, top, bottom } of layout.edges) {
      if (whose !== side || layout.unseen[side]) continue
      const pen = pens[state]
      if (state === 'quiet') pen.move(x, top).line(x, bottom)
      if (state === 'firm') {
        const inset = isRound ? 3 : 0.2
        pen.move(x, top + inset).line(x, bottom - inset)
      }
      if (state === 'soft' && !isRound) pen.move(x, top).line(x, bottom)
      if (state === 'soft' && isRound) {
        const near = x - 3 * outwards
        const bulge = x + 4 * outwards
        pen.move(near, top).curve([bulge, top + 0.1], [bulge, bottom - 0.1], [near, bottom])
      }
    }
    const path = (pen: Pen, stroke: string, width: number): string =>
      pen.d === '' ? '' : element('path', { d: pen.d, stroke: colour(stroke), 'stroke-width': width })
    return [
      path(pens.quiet, 'edge-quiet', 1),
      path(pens.soft, `thread-${side}-3`, 1.2),
      path(pens.firm, `thread-${side}-6`, 5),
    ].join('')
  }
  return element('g', { fill: 'none', 'stroke-linecap': isRound ? 'round' : 'butt' }, ...sides.map(draw))
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** As much of a label as fits, by a generous guess at its letters' widths. */
const fitted = (label: string, room: number, size: number): string => {
  let used = 0
  let kept = ''
  for (const { segment } of graphemes.segment(label)) {
    used += (segment.codePointAt(0) ?? 0) > 0x2e7f ? size : 0.62 * size
    if (used > room) return `${kept.trimEnd()}…`
    kept += segment
  }
  return kept
}

const serif = 'var(--serif, Georgia, serif)'
/** How the picture speaks of itself. */
const aside = { 'font-size': 12, 'font-style': 'italic', fill: colour('ink-quiet') }

const names = (layout: WeaveLayout, reading: Reading): string =>
  sides
    .map((side) => {
      const room = (layout.right - layout.left) / 2 - 12
      const at = {
        x: side === 'a' ? layout.left : layout.right,
        'text-anchor': side === 'a' ? 'start' : 'end',
      }
      const name = textElement(
        { ...at, y: 20, 'font-size': 16, fill: colour(`name-${side}`) },
        fitted(labelAtStart(reading, side), room, 16),
      )
      if (!layout.unseen[side] || layout.unseen[partnerOf(side)]) return name
      return name + textElement({ ...at, ...aside, y: 36 }, 'as I saw it')
    })
    .join('')

const dates = (layout: WeaveLayout): string =>
  layout.rows
    .map(({ y, name }) => {
      if (name === null) return ''
      const x = layout.left - edgeRoom - nameGap
      return textElement({ x, y: y + 4, 'text-anchor': 'end', 'font-size': 11, fill: colour('ink-quiet') }, name)
    })
    .join('')

/** A short line at both edges for each row that is named. */
const ticks = (layout: WeaveLayout): string => {
  const pen = new Pen()
  for (const { y, name } of layout.rows) {
    if (name === null) continue
    const [a, b] = [layout.left - edgeRoom, layout.right + edgeRoom]
    pen.move(a - 5, y).line(a, y).move(b, y).line(b + 5, y)
  }
  return element('path', { d: pen.d, stroke: colour('edge-quiet'), 'stroke-width': 1 })
}

/** What a row stands for, where that is not a day; or that there is none. */
const note = (layout: WeaveLayout): string => {
  const at = { ...aside, x: layout.middle, y: layout.height - 8, 'text-anchor': 'middle' }
  if (layout.rows.length === 0) return textElement(at, 'No days yet')
  return layout.daysPerRow === 7 ? textElement(at, 'One row is a week, by its mean') : ''
}

const hits = (layout: WeaveLayout, reading: Reading): string =>
  element(
    'g',
    { class: 'days', fill: 'transparent' },
    ...layout.rows.map((row) =>
      element(
        'rect',
        {
          'data-day': row.days[0]?.day,
          y: row.y - layout.rowHeight / 2,
          width: layout.width,
          height: layout.rowHeight,
        },
        `<title>${escape(rowWords(reading, layout, row))}</title>`,
      ),
    ),
  )

/** What hides the last row until it is woven; weave.css moves it away, where motion is welcome. */
const shuttle = (layout: WeaveLayout): string =>
  element('rect', {
    class: 'weave-shuttle',
    y: layout.bottom - layout.rowHeight,
    width: layout.width,
    height: layout.rowHeight + looseEnd,
    fill: colour('cloth'),
    opacity: 0,
  })

/** The picture. Each row answers to the page by a transparent rectangle with `data-day`, its first day. */
export const weave = (reading: Reading, options: WeaveOptions): string => {
  const layout = weaveLayout(reading, options)
  const id = options.id ?? 'weave'
  return picture(
    layout.width,
    layout.height,
    weaveSentence(reading, options),
    element(
      'g',
      { class: 'cloth' },
      cloth(layout, id),
      edges(layout),
      ticks(layout),
      stitches(layout, id),
      element('g', { 'font-family': serif }, names(layout, reading), dates(layout), note(layout)),
      hits(layout, reading),
      options.justAdded === true ? shuttle(layout) : '',
    ),
  )
}
