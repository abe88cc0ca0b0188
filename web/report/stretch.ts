/** Which days the weave shows: eight weeks at a time, or as many as one picture holds. */

export interface Stretch {
  readonly from: number
  readonly days: number
}

/** A stretch moved, and if need be shortened, to lie inside the whole diary. */
export const inside = (whole: Stretch, { from, days }: Stretch): Stretch => {
  const length = Math.min(days, whole.days)
  const latest = whole.from + whole.days - length
  return { from: Math.min(Math.max(from, whole.from), latest), days: length }
}

export const latest = (whole: Stretch, days: number): Stretch => inside(whole, { from: Infinity, days })
export const earlier = (whole: Stretch, { from, days }: Stretch): Stretch => inside(whole, { from: from - days, days })
export const later = (whole: Stretch, { from, days }: Stretch): Stretch => inside(whole, { from: from + days, days })
