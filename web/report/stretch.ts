/** Which days the weave shows. */

export interface Stretch {
  readonly from: number
  readonly days: number
}

/** A stretch moved, and if need be shortened, to lie inside the whole diary. */
export const inside = (whole: Stretch, { from, days }: Stretch): Stretch => {
  const length = Math.min(days, whole.days)
  const last = whole.from + whole.days - length
  return { from: Math.min(Math.max(from, whole.from), last), days: length }
}

export const latest = (whole: Stretch, days: number): Stretch => inside(whole, { from: Infinity, days })
export const earlier = ({ from, days }: Stretch): Stretch => ({ from: from - days, days })
export const later = ({ from, days }: Stretch): Stretch => ({ from: from + days, days })
