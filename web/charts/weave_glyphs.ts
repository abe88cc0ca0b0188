/** The stitches as shapes. */

import { element } from './svg'
import { colour } from './weave_colours'
import type { Family } from './weave_stitches'

/** Shapes of stitches within a square of 2 × 2, for person a; b's are their mirror. */
const glyphs: Readonly<Record<string, string>> = {
  ground: 'M0-1L1 0 0 1-1 0Z',
  still: 'M-1 0H1',
  back: 'M.6-.9L-.5 0 .6.9',
  weather: 'M-1.2.5L-.6-.5 0 .5.6-.5 1.2.5',
  hand: 'M-.7-.9L.8 0-.7.9Z',
  reach: 'M.85 0A.85.85 0 1 1-.85 0 .85.85 0 1 1 .85 0Z',
  together: 'M-.8-.8L.8.8M.8-.8L-.8.8',
}
const filled = new Set(['ground', 'hand'])

export const glyph = (id: string, family: Family): string =>
  element('path', { id, d: glyphs[family.id], 'vector-effect': 'non-scaling-stroke' })

/** A shape in its yarn, on a rim of cloth that parts it from the threads below; `shape` is drawn twice. */
export const stitched = (family: Family, first: string, again: string): string => {
  const ink = colour(`stitch-${family.yarn}`)
  return element(
    'g',
    { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
    element('g', { fill: 'none', stroke: colour('cloth'), 'stroke-width': 4.2 }, first),
    element('g', { fill: filled.has(family.id) ? ink : 'none', stroke: ink, 'stroke-width': 1.5 }, again),
  )
}
