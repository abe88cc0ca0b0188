/**
 * Where somebody stands with one person in one season: own ground to the right, the open door upward. A place is a
 * cloud (half and nine tenths of what is known), never a dot.
 */

import type { Estimate } from './reading'
import { element, picture, round, textElement } from './svg'

/** Own ground and the open door, in standard deviations among people; 0 is the middle of people. */
export interface Point {
  readonly autonomy: number
  readonly connection: number
}

/** { point : autonomy · a + connection · c ≥ at_least } */
export interface Border extends Point {
  readonly at_least: number
}

export type RegionId = 'holding_on' | 'standing_alone' | 'steady' | 'own_feet' | 'running_low'

export interface MapRegion {
  readonly id: RegionId
  readonly word: string
  readonly centre: Point
  readonly borders: readonly Border[]
  /** The share of what is known that lies here. */
  readonly mass: number
}

/** `angle` turns the long axis counter-clockwise from autonomy toward connection, in radians. */
export interface Ellipse {
  readonly mass: number
  readonly long: number
  readonly short: number
  readonly angle: number
}

export interface Place {
  readonly when: string
  readonly answers: number
  readonly days: number
  readonly autonomy: Estimate
  readonly connection: Estimate
  readonly covariance: number
  readonly ellipses: readonly Ellipse[]
}

/** How far acts came from choice; the rest came from worry about losing someone. */
export interface Shading {
  readonly acts: number
  readonly choice: Estimate
  readonly sentence: string
}

export interface Moved {
  readonly id: string
  readonly shift: Point
  readonly sentence: string
}

export interface Pole {
  readonly id: RegionId
  readonly word: string
  readonly sentence: string
}

export interface Finding {
  readonly id: string
  readonly sentence: string
}

/** The `leaning` of a reading. Where it is not shown there is nothing but a sentence, whatever the reason. */
export type Leaning = NotShown | Stand

export interface NotShown {
  readonly status: 'not_shown'
  readonly sentence: string
}

export interface Stand {
  readonly status: 'shown'
  readonly sentence: string
  readonly strengths: string
  readonly region: RegionId | null
  readonly now: Place
  readonly between: number
  readonly moved: readonly Moved[]
  readonly shading: Shading | null
  readonly trail: readonly Place[]
  readonly swing: string | null
  readonly poles: readonly Pole[]
  readonly what_i_find: readonly Finding[]
  readonly caption: string
  readonly about: string
  readonly provisional: string
  readonly map: { readonly id: string; readonly status: string; readonly regions: readonly MapRegion[] }
}

/** Legible on the narrowest screen: everything is drawn at its size there. */
export const mapWidth = 320

const plot = { left: 30, top: 8, size: 282 }
/** Standard deviations from the middle to an edge: of people, one in two hundred lies beyond. */
const reach = 2.6
const lineHeight = 15

const colour = {
  cloud: 'var(--map-cloud,#3f7268)',
  trail: 'var(--map-trail,#7d6a4f)',
  region: 'var(--map-region,#8d8371)',
  cloth: 'var(--cloth,#fbf8f1)',
  ink: 'var(--ink,#3b3a36)',
  quiet: 'var(--ink-quiet,#6f6a5f)',
}

const scale = plot.size / (2 * reach)
const x = (autonomy: number): number => plot.left + (autonomy + reach) * scale
const y = (connection: number): number => plot.top + (reach - connection) * scale

/** The part of the frame inside all borders, corner by corner (Sutherland & Hodgman 1974); empty if there is none. */
export const polygonOf = (borders: readonly Border[]): readonly Point[] => {
  let corners: readonly Point[] = [
    { autonomy: -reach, connection: -reach },
    { autonomy: reach, connection: -reach },
    { autonomy: reach, connection: reach },
    { autonomy: -reach, connection: reach },
  ]
  for (const border of borders) {
    const inside = (p: Point): number =>
      border.autonomy * p.autonomy + border.connection * p.connection - border.at_least
    corners = corners.flatMap((corner, i) => {
      const before = corners.at(i - 1) ?? corner
      const [from, to] = [inside(before), inside(corner)]
      const share = from / (from - to)
      const crossing = {
        autonomy: before.autonomy + share * (corner.autonomy - before.autonomy),
        connection: before.connection + share * (corner.connection - before.connection),
      }
      if (from >= 0 && to >= 0) return [corner]
      if (from >= 0) return [crossing]
      return to >= 0 ? [crossing, corner] : []
    })
  }
  return corners
}

const outline = (corners: readonly Point[]): string =>
  `M${corners.map((p) => `${round(x(p.autonomy))},${round(y(p.connection))}`).join('L')}Z`

/** A text on several lines, broken between words so that none has more than `most` letters. */
export const wrapped = (text: string, most: number): readonly string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const textLines = (
  lines: readonly string[],
  left: number,
  top: number,
  attributes: Readonly<Record<string, string | number>>,
): string => lines.map((line, i) => textElement({ x: left, y: top + i * lineHeight, ...attributes }, line)).join('')

/** Where each region's word stands: inside it, at the frame, off the middle where the cloud usually is. */
const wordPlaces: Readonly<Record<RegionId, { x: number; y: number; anchor: string }>> = {
  holding_on: { x: x(-reach) + 8, y: y(reach) + 18, anchor: 'start' },
  steady: { x: x(reach) - 8, y: y(reach) + 18, anchor: 'end' },
  own_feet: { x: x(reach) - 8, y: y(-0.85), anchor: 'end' },
  running_low: { x: x(-reach) + 8, y: y(-reach) - 10, anchor: 'start' },
  standing_alone: { x: x(0.75), y: y(-reach) - 10, anchor: 'middle' },
}

const regionShape = (region: MapRegion, named: boolean): string =>
  element('path', {
    d: outline(polygonOf(region.borders)),
    fill: colour.region,
    'fill-opacity': named ? 0.2 : 0.06,
    stroke: colour.region,
    'stroke-opacity': named ? 0.9 : 0.35,
    'stroke-width': named ? 1.5 : 1,
    'stroke-dasharray': named ? undefined : '2 3',
  })

const regionWord = (region: MapRegion, named: boolean): string => {
  const place = wordPlaces[region.id]
  return textLines(wrapped(region.word, 15), place.x, place.y, {
    'text-anchor': place.anchor,
    'font-weight': named ? 700 : 400,
    fill: colour.ink,
    stroke: colour.cloth,
    'stroke-width': 3,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  })
}

const ellipse = (place: Place, shape: Ellipse, style: Readonly<Record<string, string | number | undefined>>): string => {
  const [cx, cy] = [x(place.autonomy.median), y(place.connection.median)]
  const turn = round((-shape.angle * 180) / Math.PI)
  return element('ellipse', {
    cx,
    cy,
    rx: shape.long * scale,
    ry: shape.short * scale,
    transform: turn === 0 ? undefined : `rotate(${turn} ${round(cx)} ${round(cy)})`,
    ...style,
  })
}

/** Lines across the cloud, the closer the more came from worry about losing someone; without any, all from choice. */
const hatch = (share: number, id: string): string => {
  const gap = round(14 - 10 * share)
  return element(
    'pattern',
    { id, width: gap, height: gap, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('path', { d: `M0,0V${gap}`, stroke: colour.cloud, 'stroke-width': 1.6 }),
  )
}

const cloud = (stand: Stand, id: string): string => {
  const [half, ninety] = [stand.now.ellipses.find((e) => e.mass === 0.5), stand.now.ellipses.find((e) => e.mass === 0.9)]
  if (half === undefined || ninety === undefined) return ''
  const losing = stand.shading === null ? 0 : 1 - stand.shading.choice.median
  const shaded = losing > 0.05
  return [
    ellipse(stand.now, ninety, {
      fill: colour.cloud,
      'fill-opacity': 0.14,
      stroke: colour.cloud,
      'stroke-width': 1.2,
      'stroke-dasharray': '5 3',
    }),
    shaded ? element('defs', {}, hatch(losing, `${id}-hatch`)) : '',
    ellipse(stand.now, half, {
      fill: colour.cloud,
      'fill-opacity': 0.22,
      stroke: colour.cloud,
      'stroke-width': 2,
    }),
    shaded ? ellipse(stand.now, half, { fill: `url(#${id}-hatch)`, 'fill-opacity': 0.75 }) : '',
  ].join('')
}

/** Earlier clouds as outlines, the older the fainter, and the way from each to the next. */
const trail = (stand: Stand): string => {
  const places = [...stand.trail, stand.now]
  const way = places.map((p) => `${round(x(p.autonomy.median))},${round(y(p.connection.median))}`).join('L')
  const clouds = stand.trail.map((place, i) => {
    const half = place.ellipses.find((e) => e.mass === 0.5)
    const age = stand.trail.length - i
    const style = { fill: 'none', stroke: colour.trail, 'stroke-opacity': Math.max(0.35, 1 - 0.2 * age) }
    return half === undefined ? '' : ellipse(place, half, { ...style, 'stroke-width': 1.3 })
  })
  const oldest = stand.trail[0]
  if (oldest === undefined) return ''
  const lines = wrapped(oldest.when === '' ? 'Earlier' : oldest.when, 12)
  const half = oldest.ellipses.find((e) => e.mass === 0.5)
  // Under its cloud, or over it where there is no room below; never across the frame.
  const height = half === undefined ? 0 : scale * Math.hypot(half.long * Math.sin(half.angle), half.short * Math.cos(half.angle))
  const halfWidth = 3.6 * Math.max(...lines.map((line) => line.length))
  const below = y(oldest.connection.median) + height + 14
  const [low, high] = [plot.top + 14, plot.top + plot.size - 6 - (lines.length - 1) * lineHeight]
  const above = y(oldest.connection.median) - height - 6 - (lines.length - 1) * lineHeight
  return [
    ...clouds,
    element('path', { d: `M${way}`, fill: 'none', stroke: colour.trail, 'stroke-width': 1.5, 'stroke-dasharray': '1 4', 'stroke-linecap': 'round' }),
    textLines(
      lines,
      Math.min(plot.left + plot.size - halfWidth, Math.max(plot.left + halfWidth, x(oldest.autonomy.median))),
      Math.max(low, below <= high ? below : above),
      {
        'text-anchor': 'middle',
        fill: colour.trail,
        stroke: colour.cloth,
        'stroke-width': 3,
        'paint-order': 'stroke',
      },
    ),
  ].join('')
}

const axes = (): string => {
  const middle = plot.left + plot.size / 2
  const low = plot.top + plot.size
  const upward = `rotate(-90 ${plot.left - 10} ${plot.top + plot.size / 2})`
  return [
    element('path', {
      d: `M${round(x(0))},${plot.top}V${low}M${plot.left},${round(y(0))}H${plot.left + plot.size}`,
      stroke: colour.region,
      'stroke-opacity': 0.35,
    }),
    textElement({ x: middle, y: low + 17, 'text-anchor': 'middle', fill: colour.quiet }, 'more ground of one’s own →'),
    textElement(
      { x: plot.left - 10, y: plot.top + plot.size / 2, 'text-anchor': 'middle', fill: colour.quiet, transform: upward },
      'a door more open →',
    ),
  ].join('')
}

/** The third quantity on a strip of its own: from worry about losing someone to choice. */
const shadingStrip = (shading: Shading, top: number): string => {
  const at = (share: number): number => plot.left + share * plot.size
  const line = top + 12
  const bar = ([from, to]: readonly [number, number], width: number, opacity: number): string =>
    element('path', {
      d: `M${round(at(from))},${line}H${round(at(to))}`,
      stroke: colour.cloud,
      'stroke-width': width,
      'stroke-opacity': opacity,
    })
  return [
    element('path', { d: `M${plot.left},${line}H${plot.left + plot.size}`, stroke: colour.region, 'stroke-opacity': 0.5 }),
    bar(shading.choice.interval_90, 3, 0.6),
    bar(shading.choice.interval_50, 8, 0.8),
    element('path', { d: `M${round(at(shading.choice.median))},${line - 7}V${line + 7}`, stroke: colour.ink, 'stroke-width': 2 }),
    textElement({ x: plot.left, y: line + 20, fill: colour.quiet }, 'worry about losing someone'),
    textElement({ x: plot.left + plot.size, y: line + 20, 'text-anchor': 'end', fill: colour.quiet }, 'choice'),
  ].join('')
}

const cloudsInWords = 'The inner cloud is as likely as not to hold the place; the outer holds it nine times in ten.'

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif'

const framed = (height: number, name: string, ...children: readonly string[]): string =>
  picture(mapWidth, height, name, element('g', { 'font-family': font, 'font-size': 12.5 }, ...children))

/**
 * The picture, with its caption in it: it may travel alone.
 *
 * @param id  of the picture among others on its page
 */
export const mapPicture = (leaning: Leaning, id = 'map'): string => {
  const letters = 47
  if (leaning.status === 'not_shown') {
    const lines = wrapped(leaning.sentence, letters)
    return framed(lines.length * lineHeight + 20, leaning.sentence, textLines(lines, 8, 20, { fill: colour.ink }))
  }
  const isNamed = (region: MapRegion): boolean => region.id === leaning.region
  const strip = plot.top + plot.size + 30
  const captionTop = (leaning.shading === null ? plot.top + plot.size + 18 : strip + 38) + 20
  const lines = leaning.shading === null ? '' : ' The closer its lines, the more came from worry about losing someone.'
  const notes = [leaning.caption, cloudsInWords + lines, leaning.provisional]
  const small = notes.flatMap((text) => (text === '' ? [] : wrapped(text, letters)))
  const name = [leaning.sentence, leaning.shading?.sentence, leaning.swing, leaning.caption, leaning.provisional]
    .filter((sentence) => sentence)
    .join(' ')
  const clip = element('clipPath', { id: `${id}-frame` }, element('rect', { x: plot.left, y: plot.top, width: plot.size, height: plot.size }))
  return framed(
    captionTop + small.length * lineHeight,
    name,
    element('rect', { x: plot.left, y: plot.top, width: plot.size, height: plot.size, fill: colour.cloth, stroke: colour.region, 'stroke-opacity': 0.5 }),
    ...leaning.map.regions.map((region) => regionShape(region, isNamed(region))),
    axes(),
    element('defs', {}, clip),
    element('g', { 'clip-path': `url(#${id}-frame)` }, trail(leaning), cloud(leaning, id)),
    ...leaning.map.regions.map((region) => regionWord(region, isNamed(region))),
    leaning.shading === null ? '' : shadingStrip(leaning.shading, strip),
    textLines(small, 8, captionTop, { fill: colour.quiet, 'font-size': 12 }),
  )
}

/** The picture's numbers, row by row, for the table beside it. */
export interface MapRow {
  readonly what: string
  readonly low: number
  readonly middle: number
  readonly high: number
}

export const mapRows = (leaning: Leaning): readonly MapRow[] => {
  if (leaning.status === 'not_shown') return []
  const row = (what: string, { median, interval_90: [low, high] }: Estimate): MapRow => ({ what, low, middle: median, high })
  const placed = (place: Place, when: string): readonly MapRow[] => [
    row(`own ground, ${when}`, place.autonomy),
    row(`open door, ${when}`, place.connection),
  ]
  return [
    ...placed(leaning.now, 'now'),
    ...leaning.trail.flatMap((place) => placed(place, place.when === '' ? 'earlier' : place.when)),
    ...(leaning.shading === null ? [] : [row('from choice', leaning.shading.choice)]),
  ]
}
