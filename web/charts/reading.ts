/** The one shape of a reading (`content/reading.schema.json`), as charts use it. */

import type { Leaning } from './map'

export type Side = 'a' | 'b'
export const sides: readonly Side[] = ['a', 'b']

export type Interval = readonly [number, number]

/** What is known of a number: the middle, and the intervals that hold it with probability one half and nine tenths. */
export interface Estimate {
  readonly median: number
  readonly interval_50: Interval
  readonly interval_90: Interval
}

export type Contact = 'apart' | 'some' | 'most'

/** A moment by its name, with what was answered to what is asked about it. */
export type Moment = { readonly name: string } & Readonly<Record<string, string>>

/** A day; what somebody did not note has no field. */
export interface Day {
  readonly day: number
  readonly own_a: number | null
  readonly own_b: number | null
  readonly close_a?: number
  readonly close_b?: number
  readonly contact_a?: Contact
  readonly contact_b?: Contact
  readonly moments_a?: readonly Moment[]
  readonly moments_b?: readonly Moment[]
}

export type Status = 'shown' | 'not_settled' | 'not_enough_yet'

/** A drift per day: [own on own, partner's on own, own on partner's, partner's on partner's]. */
export type Drift = readonly [number, number, number, number]

/** What belongs to one question alone; a card has what its question needs. */
export interface Details {
  readonly ahead?: readonly { readonly days_ahead: number; readonly own?: Estimate; readonly left?: Estimate }[]
  readonly drift_draws?: readonly Drift[]
  readonly own?: Estimate
  readonly partner?: Estimate
  readonly shared?: Estimate
}

export interface Card {
  readonly id: string
  readonly side: Side | null
  readonly status: Status
  readonly sentence: string
  readonly estimate: Estimate | null
  readonly details?: Details
}

export interface Reading {
  readonly couple: string
  readonly sides: { readonly a: string | null; readonly b: string | null }
  readonly clock: 'days_since_1970_01_01' | 'day_numbers'
  readonly readings: readonly Card[]
  /** Where each stands; null for somebody who is not asked. */
  readonly leaning: Readonly<Record<Side, Leaning | null>>
  readonly days: readonly Day[]
}

/** The card of a question and, where each has one, of a person. */
export const cardOf = (reading: Reading, id: string, side: Side | null): Card | undefined =>
  reading.readings.find((card) => card.id === id && card.side === side)

export const partnerOf = (side: Side): Side => (side === 'a' ? 'b' : 'a')

export const ownOf = (day: Day, side: Side): number | null => (side === 'a' ? day.own_a : day.own_b)
export const closeOf = (day: Day, side: Side): number | undefined => (side === 'a' ? day.close_a : day.close_b)
export const contactOf = (day: Day, side: Side): Contact | undefined => (side === 'a' ? day.contact_a : day.contact_b)
export const momentsOf = (day: Day, side: Side): readonly Moment[] | undefined =>
  side === 'a' ? day.moments_a : day.moments_b

/** Characters that break a line, steer, or turn the text after them around; sentences of ours stand beside labels. */
const unruly = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** What a person is called, as the sentences write it; a partner without a label is "your partner". */
export const labelOf = (reading: Reading, side: Side): string =>
  reading.sides[side]?.replace(unruly, '·') ?? 'your partner'
