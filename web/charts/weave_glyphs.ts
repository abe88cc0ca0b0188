/** The stitches as shapes. */

import { element } from './svg'
import { colour } from './weave_colours'
import type { Family } from './weave_stitches'

/** Shapes of stitches within a square of 2 × 2, for person a; b's are their mirror. */
const glyphs: Readonly<Record<string, string>> = {
  ground: 'M0-1L1 0 0 1-1 0Z',
  unsaid: 'M-1 0H1',
  back: 'M.6-.9L-.5 0 .6.9',
  stress: 'M-1.1.5L-.55-.5 0 .5.55-.5 1.1.5',
  friction: 'M-.9.8L-.1-.8M.1.8L.9-.8',
  hand: 'M-.7-.9L.8 0-.7.9Z',
  reach: 'M.85 0A.85.85 0 1 1-.85 0 .85.85 0 1 1 .85 0Z',
  reached: 'M.75 0A.75.75 0 1 1-.75 0 .75.75 0 1 1 .75 0Z',
  together: 'M.12 0A.58.58 0 1 1-1.04 0 .58.58 0 1 1 .12 0ZM1.04 0A.58.58 0 1 1-.12 0 .58.58 0 1 1 1.04 0Z',
}
const filled = new Set(['ground', 'hand', 'reached'])
/** Rings that stay empty, whatever thread they lie on. */
const hollow = new Set(['reach', 'together'])

export const glyph = (id: string, family: Family): string =>
  element('path', { id, d: glyphs[family.id], 'vector-effect': 'non-scaling-stroke' })

/** A shape in its yarn, on a rim of cloth that parts it from the threads below; `shape` is drawn twice. */
export const stitched = (family: Family, first: string, again: string): string => {
  const ink = colour(`stitch-${family.yarn}`)
  const fill = filled.has(family.id) ? ink : hollow.has(family.id) ? colour('cloth') : 'none'
  return element(
    'g',
    { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
    element('g', { fill: 'none', stroke: colour('cloth'), 'stroke-width': 4.2 }, first),
    element('g', { fill, stroke: ink, 'stroke-width': 1.5 }, again),
  )
}
