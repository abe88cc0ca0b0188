/** The cloth of a weave: the threads of both and, across them, those of the days. */

import { Pen, tenth } from './pen'
import { type Side, sides } from './reading'
import { type Attributes, element, round } from './svg'
import { colour } from './weave_colours'
import { highestLevel, looseEnd, paceOf, placeOf, type Row, type Thread, type WeaveLayout } from './weave_layout'

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
  return downwards(layout, id, stop(above, tones[0] ?? 'undyed', 0), ...stops, stop(below, tones.at(-1) ?? 'undyed', 0))
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

/** Light from the left, which makes a thread round; it fades with the loose ends. */
const light = (layout: WeaveLayout, id: string): string => {
  const end = looseEnd / (layout.bottom - layout.top + 2 * looseEnd)
  const stops = [0, end, 1 - end, 1].map((offset) =>
    element('stop', {
      offset,
      'stop-color': colour('thread-light'),
      'stop-opacity': offset === 0 || offset === 1 ? 0 : 0.22,
    }),
  )
  return downwards(layout, `${id}-light`, ...stops)
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
      if (row.depth[side] === null) continue
      pen.move(side === 'a' ? layout.left : layout.right, row.y).line(layout.middle, row.y)
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
      'stroke-dasharray': `${dash} ${round(2 * layout.slot - dash)}`,
      'stroke-dashoffset': dash / 2 - (odd + 0.5) * layout.slot,
    })
  }
  return turn(0) + turn(1)
}

const drawnAgain = (name: string, attributes: Attributes): string => element('use', { href: `#${name}`, ...attributes })

/** All threads. Where they cross, b's go over a's with a narrow gap beside them, and then some of a's over b's. */
const warp = (layout: WeaveLayout, id: string): string => {
  const beside = 1.8
  const lit = {
    stroke: `url(#${id}-light)`,
    'stroke-width': 0.3 * layout.threadWidth,
    transform: `translate(${tenth(-0.22 * layout.threadWidth)})`,
  }
  const shapes: string[] = []
  const threads = (side: Side, inner: boolean): string => {
    const name = `${id}-${side}-${inner ? 'crossing' : 'staying'}`
    shapes.push(element('path', { id: name, d: pathsOf(layout, side, inner) }))
    const again = (attributes: Attributes): string => drawnAgain(name, attributes)
    const stroke = `url(#${dyeOf(layout, side, inner, id)})`
    const width = layout.unseen[side] ? 0.45 * layout.threadWidth : layout.threadWidth
    const below = inner && side === 'b' ? again({ stroke: colour('cloth'), 'stroke-width': width + beside }) : ''
    if (layout.unseen[side]) return below + again({ stroke, 'stroke-width': width, 'stroke-dasharray': '7 4' })
    // A second ply, so that b's threads are known without colour too.
    const ply = {
      stroke: colour('thread-ply'),
      'stroke-width': Math.max(0.16 * layout.threadWidth, 0.9),
      'stroke-dasharray': '2 2.5',
    }
    const thread = again({ stroke, 'stroke-width': width }) + again(lit)
    return below + thread + (side === 'b' ? again(ply) : '')
  }
  const drawn = [threads('a', false), threads('b', false), threads('a', true), threads('b', true)]
  const over = overPath(layout)
  if (over !== '' && !layout.unseen.a) {
    const name = `${id}-over`
    shapes.push(element('path', { id: name, d: over }))
    const again = (attributes: Attributes): string => drawnAgain(name, attributes)
    drawn.push(
      again({ stroke: colour('cloth'), 'stroke-width': layout.threadWidth + beside }),
      again({ stroke: `url(#${dyeOf(layout, 'a', true, id)})`, 'stroke-width': layout.threadWidth }),
      again(lit),
    )
  }
  return element('defs', {}, ...shapes) + drawn.join('')
}

export const cloth = (layout: WeaveLayout, id: string): string =>
  element('defs', {}, ...sides.map((side) => dyes(layout, side, id)), light(layout, id)) +
  element('g', { fill: 'none' }, weftUnder(layout), warp(layout, id), weftOver(layout))
