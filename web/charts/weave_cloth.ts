/** The cloth of a weave: the threads of both and, across them, those of the days. */

import { Pen, tenth } from './pen'
import { type Side, sides } from './reading'
import { type Attributes, element, round } from './svg'
import { colour } from './weave_colours'
import {
  highestLevel,
  isClosenessMissing,
  looseEnd,
  paceOf,
  placeOf,
  type Row,
  type Thread,
  type WeaveLayout,
} from './weave_layout'

/** A thread's way between two shares of the way from one row to the next. */
const drawPiece = (pen: Pen, layout: WeaveLayout, thread: Thread, row: number, from: number, to: number): void => {
  const y0 = layout.rows[row]?.y ?? 0
  const place = (t: number): number => placeOf(thread, row, t)
  const third = (to - from) / 3
  const pace = (t: number): number => paceOf(thread, row, t)
  const y = (t: number): number => y0 + t * layout.rowHeight
  pen.curve(
    [place(from) + third * pace(from), y(from + third)],
    [place(to) - third * pace(to), y(to - third)],
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

/** How deep a person's threads are dyed on a row; null: bare warp. */
type Tone = number | null

/** Someone whose feelings are not in the diary has threads of one quiet depth. */
const unseenDepth = 3

const toneOf = (layout: WeaveLayout, row: Row, side: Side, inner: boolean): Tone => {
  if (layout.unseen[side]) return unseenDepth
  return inner && isClosenessMissing(layout, row) ? null : row.depth[side]
}

/** The colour of threads all the way down: exact at each row that has one. */
const dye = (layout: WeaveLayout, side: Side, tones: readonly Tone[], id: string): string => {
  const above = layout.top - looseEnd
  const below = layout.bottom + looseEnd
  const stop = (y: number, tone: number, opacity?: number): string =>
    element('stop', {
      offset: String(Math.round(((y - above) / (below - above)) * 1e4) / 1e4),
      'stop-color': colour(`thread-${side}-${tone}`),
      'stop-opacity': opacity,
    })
  const dyed = layout.rows.flatMap(({ y }, index) => {
    const tone = tones[index] ?? null
    return tone === null ? [] : [{ y, tone }]
  })
  const [first, last] = [dyed[0], dyed.at(-1)]
  if (first === undefined || last === undefined) return ''
  const stops = dyed.map(({ y, tone }, index) =>
    dyed[index - 1]?.tone === tone && dyed[index + 1]?.tone === tone ? '' : stop(y, tone),
  )
  return downwards(layout, id, stop(above, first.tone, 0), ...stops, stop(below, last.tone, 0))
}

/** The rows that are dyed, as an area: beyond it the threads lie bare. */
const dyedRows = (layout: WeaveLayout, tones: readonly Tone[], id: string): string => {
  const pen = new Pen()
  layout.rows.forEach(({ y }, index) => {
    if (tones[index] === null) return
    const top = index === 0 ? layout.top - looseEnd : y - layout.rowHeight / 2
    const bottom = index + 1 === tones.length ? layout.bottom + looseEnd : y + layout.rowHeight / 2
    pen.move(0, top).line(layout.width, top).line(layout.width, bottom).line(0, bottom)
  })
  return pen.d === '' ? '' : element('clipPath', { id }, element('path', { d: pen.d }))
}

/** A colour that changes from the top of the loose ends to the bottom of them, as its stops say. */
const downwards = (layout: WeaveLayout, id: string, ...stops: readonly string[]): string =>
  element(
    'linearGradient',
    {
      id,
      gradientUnits: 'userSpaceOnUse',
      x1: 0,
      x2: 0,
      y1: layout.top - looseEnd,
      y2: layout.bottom + looseEnd,
    },
    ...stops,
  )

/** One colour all the way down, which fades with the loose ends. */
const fading = (layout: WeaveLayout, id: string, name: string, opacity: number): string => {
  const end = looseEnd / (layout.bottom - layout.top + 2 * looseEnd)
  const stops = [0, end, 1 - end, 1].map((offset) =>
    element('stop', {
      offset,
      'stop-color': colour(name),
      'stop-opacity': offset === 0 || offset === 1 ? 0 : opacity,
    }),
  )
  return downwards(layout, id, ...stops)
}

const tonesOf = (layout: WeaveLayout, side: Side, inner: boolean): readonly Tone[] =>
  layout.rows.map((row) => toneOf(layout, row, side, inner))

/** Inner threads are bare where nobody noted closeness too; mostly that changes nothing and one dye will do. */
const needsTwoDyes = (layout: WeaveLayout, side: Side): boolean =>
  layout.rows.some((row) => toneOf(layout, row, side, true) !== toneOf(layout, row, side, false))

const dyeOf = (layout: WeaveLayout, side: Side, inner: boolean, id: string): string =>
  inner && needsTwoDyes(layout, side) ? `${id}-${side}-inner` : `${id}-${side}`

const dyes = (layout: WeaveLayout, side: Side, id: string): string =>
  (needsTwoDyes(layout, side) ? [false, true] : [false])
    .map((inner) => {
      const tones = tonesOf(layout, side, inner)
      const name = dyeOf(layout, side, inner, id)
      return dye(layout, side, tones, name) + (tones.includes(null) ? dyedRows(layout, tones, `${name}-rows`) : '')
    })
    .join('')

/** Each answered day's own thread, from a person's edge to the middle or to where the warp is bare, under the warp. */
const weftUnder = (layout: WeaveLayout): string => {
  const pen = new Pen()
  for (const row of layout.rows) {
    const bare = isClosenessMissing(layout, row) ? highestLevel * layout.slot : 0
    for (const side of sides) {
      if (row.depth[side] === null) continue
      const [from, to] = side === 'a' ? [layout.left, layout.middle - bare] : [layout.right, layout.middle + bare]
      pen.move(from, row.y).line(to, row.y)
    }
  }
  return element('path', { d: pen.d, stroke: colour('weft'), 'stroke-width': 1 })
}

/**
 * Where it passes over: every second thread of the warp, by turns. As the warp fills every slot this is a dashed line;
 * on rows where the inner threads are bare or lie between slots it stays under them.
 */
const weftOver = (layout: WeaveLayout): string => {
  const dash = tenth(layout.threadWidth + 0.12 * layout.slot)
  const turn = (odd: number): string => {
    const pen = new Pen()
    layout.rows.forEach((row, index) => {
      if (index % 2 !== odd) return
      const isFull = row.level >= 0 && Number.isInteger(row.level) && !isClosenessMissing(layout, row)
      const loose = isFull ? 0 : highestLevel * layout.slot
      // Both begin at the left, where the dashes are counted from; b's half must begin on the same count.
      if (row.depth.a !== null) pen.move(layout.left, row.y).line(layout.middle - loose, row.y)
      if (row.depth.b !== null) pen.move(layout.middle + loose, row.y).line(layout.right, row.y)
    })
    return element('path', {
      d: pen.d,
      stroke: colour('weft-over'),
      'stroke-width': Math.min(1.6, 0.14 * layout.rowHeight),
      'stroke-dasharray': `${dash} ${round(2 * layout.slot - dash)}`,
      'stroke-dashoffset': dash / 2 - (odd + 0.5) * layout.slot,
    })
  }
  return turn(0) + turn(1)
}

/** Some threads of one person, as a path drawn once and used again for each thing that makes it yarn. */
interface Threads {
  readonly side: Side
  readonly inner: boolean
  readonly shape: string
  /** Whether they go over others: a narrow gap beside them then shows it. */
  readonly over: boolean
}

const yarn = (layout: WeaveLayout, id: string, { side, inner, shape, over }: Threads): string => {
  const again = (attributes: Attributes): string => element('use', { href: `#${shape}`, ...attributes })
  const strand = (stroke: string, width: number, attributes: Attributes = {}): string =>
    (over ? again({ stroke: colour('cloth'), 'stroke-width': width + 1.8 }) : '') +
    again({ stroke: `url(#${stroke})`, 'stroke-width': width, ...attributes })

  const full = layout.threadWidth
  const dyed = dyeOf(layout, side, inner, id)
  if (layout.unseen[side]) return strand(dyed, 0.45 * full, { 'stroke-dasharray': '7 4' })
  const light = again({
    stroke: `url(#${id}-light)`,
    'stroke-width': 0.3 * full,
    transform: `translate(${tenth(-0.22 * full)})`,
  })
  // A second ply, so that b's threads are known without colour too.
  const ply = again({
    stroke: colour('thread-ply'),
    'stroke-width': Math.max(0.16 * full, 0.9),
    'stroke-dasharray': '2 2.5',
  })
  const woven = strand(dyed, full) + light + (side === 'b' ? ply : '')
  const tones = tonesOf(layout, side, inner)
  const bare = strand(`${id}-bare`, 0.4 * full)
  if (tones.every((tone) => tone === null)) return bare
  return tones.includes(null) ? bare + element('g', { 'clip-path': `url(#${dyed}-rows)` }, woven) : woven
}

/** All threads. Where they cross, b's go over a's, and then some of a's over b's. */
const warp = (layout: WeaveLayout, id: string): string => {
  const shapes: string[] = []
  const threads = (side: Side, inner: boolean): string => {
    const shape = `${id}-${side}-${inner ? 'crossing' : 'staying'}`
    shapes.push(element('path', { id: shape, d: pathsOf(layout, side, inner) }))
    return yarn(layout, id, { side, inner, shape, over: inner && side === 'b' })
  }
  const drawn = [threads('a', false), threads('b', false), threads('a', true), threads('b', true)]
  const over = overPath(layout)
  if (over !== '' && !layout.unseen.a) {
    const shape = `${id}-over`
    shapes.push(element('path', { id: shape, d: over }))
    drawn.push(yarn(layout, id, { side: 'a', inner: true, shape, over: true }))
  }
  return element('defs', {}, ...shapes) + drawn.join('')
}

export const cloth = (layout: WeaveLayout, id: string): string => {
  if (layout.rows.length === 0) return ''
  const colours = element(
    'defs',
    {},
    ...sides.map((side) => dyes(layout, side, id)),
    // Light from the left makes a thread round.
    fading(layout, `${id}-light`, 'thread-light', 0.22),
    fading(layout, `${id}-bare`, 'thread-bare', 1),
  )
  return colours + element('g', { fill: 'none' }, weftUnder(layout), warp(layout, id), weftOver(layout))
}
