/** The weave: one row a day, two warps for two people. What each mark means is in docs/weave.md. */

import { labelOf, partnerOf, type Reading, type Side, sides } from './reading'
import { type Attributes, element, escape, picture, round, textElement } from './svg'
import { colour } from './weave_colours'
import { glyph, stitched } from './weave_glyphs'
import {
  edgeRoom,
  highestLevel,
  looseEnd,
  nameGap,
  placeOf,
  type Row,
  type Thread,
  type WeaveLayout,
  weaveLayout,
  type WeaveOptions,
} from './weave_layout'
import { families } from './weave_stitches'
import { rowWords, weaveSentence } from './weave_words'

export type { WeaveOptions } from './weave_layout'
export { weaveLegend } from './weave_key'
export { rowWords, weaveSentence } from './weave_words'

/** A tenth of a pixel is finer than a thread is seen, and short. */
const tenth = (x: number): number => Math.round(x * 10) / 10

/** Path text in steps from where the pen is, without a space where a minus sign parts two numbers. */
class Pen {
  private text = ''
  private x = 0
  private y = 0

  private step(command: string, points: readonly (readonly [x: number, y: number])[]): this {
    const numbers = points.flatMap(([x, y]) => [tenth(tenth(x) - this.x), tenth(tenth(y) - this.y)])
    const words = numbers.map((value) => String(value).replace(/^(-?)0\./, '$1.'))
    this.text += command + words.join(' ').replaceAll(' -', '-')
    const last = points.at(-1) ?? [0, 0]
    this.x = tenth(last[0])
    this.y = tenth(last[1])
    return this
  }

  move(x: number, y: number): this {
    if (this.text !== '') return this.step('m', [[x, y]])
    this.text = `M${tenth(x)} ${tenth(y)}`
    this.x = tenth(x)
    this.y = tenth(y)
    return this
  }

  line(x: number, y: number): this {
    if (tenth(x) === this.x) {
      this.text += `V${tenth(y)}`
      this.y = tenth(y)
      return this
    }
    return this.step('l', [[x, y]])
  }

  curve(...points: readonly (readonly [x: number, y: number])[]): this {
    return points.every(([x]) => tenth(x) === this.x)
      ? this.line(this.x, points.at(-1)?.[1] ?? this.y)
      : this.step('c', points)
  }

  get d(): string {
    return this.text.replace(/(V[\d.]+)+(?=V)/g, '')
  }
}

/** A thread's way between two shares of the way from one row to the next. */
const drawPiece = (pen: Pen, layout: WeaveLayout, thread: Thread, row: number, from: number, to: number): void => {
  const y0 = layout.rows[row]?.y ?? 0
  const place = (t: number): number => placeOf(thread, row, t)
  const third = (to - from) / 3
  const slope = (t: number): number => {
    const step = 1e-4
    return (place(t + step) - place(t - step)) / (2 * step)
  }
  const y = (t: number): number => y0 + t * layout.rowHeight
  pen.curve(
    [place(from) + third * slope(from), y(from + third)],
    [place(to) - third * slope(to), y(to - third)],
    [place(to), y(to)],
  )
}

const threadPath = (layout: WeaveLayout, thread: Thread): string => {
  const first = thread.x[0]
  const last = thread.x.at(-1)
  if (first === undefined || last === undefined) return ''
  // Dashes of neighbours are set apart, so that they do not lie in rows.
  const start = layout.top - looseEnd + (layout.unseen[thread.side] && thread.index % 2 === 1 ? 5.5 : 0)
  const pen = new Pen().move(first, start).line(first, layout.rows[0]?.y ?? 0)
  for (let row = 0; row + 1 < layout.rows.length; row += 1) drawPiece(pen, layout, thread, row, 0, 1)
  return pen.line(last, layout.bottom + looseEnd).d
}

/** The threads of one person, those that may run among the other's or those that stay. */
const pathsOf = (layout: WeaveLayout, side: Side, inner: boolean): string =>
  layout.threads
    .filter((thread) => thread.side === side && thread.index < highestLevel === inner)
    .map((thread) => threadPath(layout, thread))
    .join('')

/** Short pieces of a's threads, drawn again where they go over b's. */
const overPath = (layout: WeaveLayout): string => {
  const pen = new Pen()
  for (const crossing of layout.crossings) {
    if (crossing.over === 'b') continue
    const thread = layout.threads.find(({ side, index }) => side === 'a' && index === crossing.index.a)
    if (thread === undefined) continue
    const from = Math.max(0, crossing.row + crossing.at - crossing.reach)
    const to = Math.min(layout.rows.length - 1, crossing.row + crossing.at + crossing.reach)
    const start = Math.floor(from)
    pen.move(placeOf(thread, start, from - start), (layout.rows[0]?.y ?? 0) + from * layout.rowHeight)
    for (let row = start; row < to; row += 1) {
      drawPiece(pen, layout, thread, row, Math.max(from - row, 0), Math.min(to - row, 1))
    }
  }
  return pen.d
}

/** What a person's threads look like on a row. */
type Tone = number | 'undyed'

/** Someone whose feelings are not in the diary has threads of one quiet depth. */
const unseenDepth = 3

const toneOf = (layout: WeaveLayout, row: Row, side: Side, inner: boolean): Tone => {
  if (layout.unseen[side]) return unseenDepth
  if (inner && layout.closenessNoted && row.close === null) return 'undyed'
  return row.depth[side] ?? 'undyed'
}

/** The colour of threads all the way down: exact at each row, and held on a row whose neighbour has no answer. */
const dye = (layout: WeaveLayout, side: Side, tones: readonly Tone[], id: string): string => {
  const above = layout.top - looseEnd
  const below = layout.bottom + looseEnd
  const stop = (y: number, tone: Tone, opacity?: number): string =>
    element('stop', {
      offset: String(Math.round(((y - above) / (below - above)) * 1e4) / 1e4),
      'stop-color': colour(tone === 'undyed' ? 'thread-undyed' : `thread-${side}-${tone}`),
      'stop-opacity': opacity,
    })
  const stops = layout.rows.map(({ y }, index) => {
    const tone = tones[index] ?? 'undyed'
    const before = tones[index - 1] ?? tone
    const after = tones[index + 1] ?? tone
    const isInside = index > 0 && index + 1 < tones.length
    if (isInside && before === tone && after === tone) return ''
    const held = 0.25 * layout.rowHeight
    if (tone !== 'undyed' && (before === 'undyed' || after === 'undyed')) {
      return stop(y - (before === 'undyed' ? held : 0), tone) + stop(y + (after === 'undyed' ? held : 0), tone)
    }
    return stop(y, tone)
  })
  return element(
    'linearGradient',
    { id, gradientUnits: 'userSpaceOnUse', x1: 0, x2: 0, y1: above, y2: below },
    stop(above, tones[0] ?? 'undyed', 0),
    ...stops,
    stop(below, tones.at(-1) ?? 'undyed', 0),
  )
}

const tonesOf = (layout: WeaveLayout, side: Side, inner: boolean): readonly Tone[] =>
  layout.rows.map((row) => toneOf(layout, row, side, inner))

/** Inner threads are undyed where nobody noted closeness too; mostly that changes nothing and one dye will do. */
const needsTwoDyes = (layout: WeaveLayout, side: Side): boolean =>
  layout.rows.some((row) => toneOf(layout, row, side, true) !== toneOf(layout, row, side, false))

const dyeOf = (layout: WeaveLayout, side: Side, inner: boolean, id: string): string =>
  inner && needsTwoDyes(layout, side) ? `${id}-${side}-inner` : `${id}-${side}`

const dyes = (layout: WeaveLayout, side: Side, id: string): string =>
  dye(layout, side, tonesOf(layout, side, false), dyeOf(layout, side, false, id)) +
  (needsTwoDyes(layout, side) ? dye(layout, side, tonesOf(layout, side, true), dyeOf(layout, side, true, id)) : '')

/** Each answered day's own thread, from a person's edge to the middle, under the warp. */
const weftUnder = (layout: WeaveLayout): string => {
  const pen = new Pen()
  for (const row of layout.rows) {
    for (const side of sides) {
      if (row.depth[side] !== null) pen.move(side === 'a' ? layout.left : layout.right, row.y).line(layout.middle, row.y)
    }
  }
  return element('path', { d: pen.d, stroke: colour('weft'), 'stroke-width': 1 })
}

/**
 * Where it passes over: every second thread of the warp, by turns. As the warp fills every slot this is a dashed line;
 * on rows where the inner threads lie between slots it stays under them.
 */
const weftOver = (layout: WeaveLayout): string => {
  const dash = tenth(layout.threadWidth + 0.12 * layout.slot)
  const turn = (odd: number): string => {
    const pen = new Pen()
    layout.rows.forEach((row, index) => {
      if (index % 2 !== odd) return
      const loose = row.level >= 0 && Number.isInteger(row.level) ? 0 : highestLevel * layout.slot
      // Both begin at the left, where the dashes are counted from; b's half must begin on the same count.
      if (row.depth.a !== null) pen.move(layout.left, row.y).line(layout.middle - loose, row.y)
      if (row.depth.b !== null) pen.move(layout.middle + loose, row.y).line(layout.right, row.y)
    })
    return element('path', {
      d: pen.d,
      stroke: colour('weft-over'),
      'stroke-width': Math.min(1.6, 0.14 * layout.rowHeight),
      'stroke-dasharray': `${dash} ${round(2 * layout.slot) - dash}`,
      'stroke-dashoffset': dash / 2 - (odd + 0.5) * layout.slot,
    })
  }
  return turn(0) + turn(1)
}

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
    return (
      path(pens.quiet, 'edge-quiet', 1) + path(pens.soft, `thread-${side}-3`, 1.2) + path(pens.firm, `thread-${side}-6`, 5)
    )
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
        fitted(labelOf(reading, side), room, 16),
      )
      if (!layout.unseen[side] || layout.unseen[partnerOf(side)]) return name
      return name + textElement({ ...at, y: 36, 'font-size': 12, 'font-style': 'italic', fill: colour('ink-quiet') }, 'as I saw it')
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

/** What a row stands for, where that is not a day; or that there is none. */
const note = (layout: WeaveLayout): string => {
  const words = layout.rows.length === 0 ? 'No days yet' : layout.daysPerRow === 7 ? 'One row is a week, by its mean' : ''
  if (words === '') return ''
  const at = { x: layout.middle, y: layout.height - 8, 'text-anchor': 'middle', 'font-size': 12, 'font-style': 'italic' }
  return textElement({ ...at, fill: colour('ink-quiet') }, words)
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

/** All threads. Where they cross, b's go over a's with a narrow gap beside them, and then some of a's over b's. */
const warp = (layout: WeaveLayout, id: string): string => {
  const gap = layout.threadWidth + 1.8
  const shapes: string[] = []
  const threads = (side: Side, inner: boolean): string => {
    const name = `${id}-${side}-${inner ? 'crossing' : 'staying'}`
    shapes.push(element('path', { id: name, d: pathsOf(layout, side, inner) }))
    const again = (attributes: Attributes): string => element('use', { href: `#${name}`, ...attributes })
    const stroke = `url(#${dyeOf(layout, side, inner, id)})`
    const below = inner && side === 'b' ? again({ stroke: colour('cloth'), 'stroke-width': gap }) : ''
    if (layout.unseen[side]) {
      return below + again({ stroke, 'stroke-width': 0.45 * layout.threadWidth, 'stroke-dasharray': '7 4' })
    }
    // A second ply, so that b's threads are known without colour too.
    const ply = {
      stroke: colour('cloth'),
      'stroke-width': Math.max(0.16 * layout.threadWidth, 0.9),
      'stroke-dasharray': '2 2.5',
      'stroke-opacity': 0.55,
    }
    return below + again({ stroke, 'stroke-width': layout.threadWidth }) + (side === 'b' ? again(ply) : '')
  }
  const drawn = [threads('a', false), threads('b', false), threads('a', true), threads('b', true)]
  const over = overPath(layout)
  if (over !== '' && !layout.unseen.a) {
    drawn.push(
      element('path', { d: over, stroke: colour('cloth'), 'stroke-width': gap }),
      element('path', { d: over, stroke: `url(#${dyeOf(layout, 'a', true, id)})`, 'stroke-width': layout.threadWidth }),
    )
  }
  return element('defs', {}, ...shapes) + drawn.join('')
}

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
      { class: 'weave' },
      element('defs', {}, ...sides.map((side) => dyes(layout, side, id))),
      element('g', { fill: 'none' }, weftUnder(layout), warp(layout, id), weftOver(layout)),
      edges(layout),
      stitches(layout, id),
      element('g', { 'font-family': 'var(--serif, Georgia, serif)' }, names(layout, reading), dates(layout), note(layout)),
      hits(layout, reading),
      options.justAdded === true ? shuttle(layout) : '',
    ),
  )
}
