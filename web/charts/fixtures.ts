/** Diaries to look at and to test with. All are simulated, and the same every time. */

import type { Contact, Day, Moment, Reading } from './reading'

/** Numbers in [0, 1): a Weyl sequence, mixed by the finaliser of MurmurHash3 (Steele et al. 2014). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let x = state
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
  }
}

export interface Story {
  readonly days: number
  readonly seed?: number
  /** The share of days each answers. */
  readonly answers?: readonly [a: number, b: number]
  /** Added to how each usually is, and to how close the day is. */
  readonly own?: (day: number) => readonly [a: number, b: number]
  readonly close?: (day: number) => number
  readonly closeness?: boolean
  readonly moments?: boolean
  readonly labels?: readonly [a: string | null, b: string | null]
  readonly clock?: Reading['clock']
}

/** Monday 2 March 2026. */
export const someMonday = 20514

const clamp = (x: number): number => Math.round(Math.min(Math.max(x, 0), 100))

const pickMoments = (random: () => number, own: number, close: number): readonly Moment[] => {
  const moments: Moment[] = []
  const perhaps = (chance: number, moment: Moment): void => {
    if (random() < chance) moments.push(moment)
  }
  perhaps(close > 60 ? 0.3 : 0.05, { name: 'good_together' })
  perhaps(0.16, { name: 'reached', outcome: random() < 0.6 ? 'with_me' : 'not_quite' })
  perhaps(0.1, { name: 'own_time', guilt: random() < 0.5 ? 'none' : 'some' })
  perhaps(0.08, { name: 'boundary' })
  perhaps(0.06, { name: 'opened_up', landed: 'well' })
  perhaps(own < 45 ? 0.3 : 0.05, { name: 'outside_stress', whose: 'mine' })
  perhaps(own < 50 ? 0.18 : 0.05, { name: 'held_back', what: 'need' })
  perhaps(close < 40 ? 0.25 : 0.04, { name: 'withdrew', came: 'sharp' })
  perhaps(0.1, { name: 'stepped_in', asked: random() < 0.5 ? 'yes' : 'no' })
  perhaps(0.05, { name: 'conflict', voiced: random() < 0.6 ? 'yes' : 'no' })
  perhaps(close > 50 ? 0.16 : 0.06, { name: 'was_reached', came: 'warm', met: random() < 0.7 ? 'yes' : 'partly' })
  perhaps(0.05, { name: 'said_sorry', for: 'something_i_did' })
  return moments
}

/** A diary in which days resemble those before them, as a story tells. */
export const tell = (story: Story): Reading => {
  const random = randomFrom(story.seed ?? 1)
  const normal = (): number => random() + random() + random() + random() - 2
  const [often, oftenB] = story.answers ?? [0.9, 0.88]
  const [a, b] = story.labels ?? ['Ada', 'Ben']
  const first = story.clock === 'day_numbers' ? 1 : someMonday
  let [slowA, slowB, slowClose] = [0, 0, 0]

  const days = Array.from({ length: story.days }, (_, index): Day => {
    slowA = 0.6 * slowA + 13 * normal()
    slowB = 0.6 * slowB + 0.1 * slowA + 12 * normal()
    slowClose = 0.75 * slowClose + 12 * normal()
    const [moreA, moreB] = story.own?.(index) ?? [0, 0]
    const ownA = clamp(64 + moreA + slowA)
    const ownB = clamp(66 + moreB + slowB)
    const close = 56 + (story.close?.(index) ?? 0) + slowClose
    const closeA = clamp(close + 5 * normal())
    const closeB = clamp(close + 5 * normal())
    const momentsA = pickMoments(random, ownA, close)
    const momentsB = pickMoments(random, ownB, close)
    const contacts: readonly Contact[] = ['apart', 'some', 'most']
    const contact = contacts[Math.floor(3 * random())] ?? 'some'
    const [answersA, answersB] = [random() < often, random() < oftenB]
    const [looksA, looksB] = [random() < 0.75, random() < 0.75]
    const noted = story.closeness ?? true
    const looked = story.moments ?? true
    return {
      day: first + index,
      own_a: answersA ? ownA : null,
      own_b: answersB ? ownB : null,
      ...(answersA && noted ? { close_a: closeA, contact_a: contact } : {}),
      ...(answersB && noted ? { close_b: closeB, contact_b: contact } : {}),
      ...(answersA && looksA && looked ? { moments_a: momentsA } : {}),
      ...(answersB && looksB && looked ? { moments_b: momentsB } : {}),
    }
  })
  return { couple: 'simulated', sides: { a, b }, clock: story.clock ?? 'days_since_1970_01_01', readings: [], leaning: { a: null, b: null }, days }
}

const bump = (day: number, around: number, width: number): number => Math.exp(-(((day - around) / width) ** 2))

/** Answers of one person alone. */
const alone = (reading: Reading): Reading => ({
  ...reading,
  sides: { a: reading.sides.a, b: null },
  days: reading.days.map(({ day, own_a, close_a, contact_a, moments_a }) => ({
    day,
    own_a,
    own_b: null,
    ...(close_a === undefined ? {} : { close_a }),
    ...(contact_a === undefined ? {} : { contact_a }),
    ...(moments_a === undefined ? {} : { moments_a }),
  })),
})

/** Closeness noted on two days a week. */
const seldomClose = (reading: Reading): Reading => ({
  ...reading,
  days: reading.days.map(({ close_a, close_b, ...day }) =>
    day.day % 7 > 1 || close_a === undefined || close_b === undefined ? day : { ...day, close_a, close_b },
  ),
})

/** Each tells what one wants to see in a picture. */
export const fixtures: Readonly<Record<string, Reading>> = {
  happy: tell({ days: 56, seed: 4, own: () => [12, 10], close: (day) => 12 + 16 * Math.sin(day / 7) }),
  'hard week': tell({
    days: 56,
    seed: 21,
    own: (day) => [-42 * bump(day, 19, 4), -36 * bump(day, 27, 4.5)],
    close: (day) => 8 - 44 * bump(day, 24, 5) + 30 * bump(day, 44, 8),
  }),
  ordinary: tell({ days: 84, seed: 9, close: (day) => 18 * Math.sin(day / 9) }),
  sparse: tell({ days: 56, seed: 3, answers: [0.3, 0.3] }),
  year: tell({
    days: 365,
    seed: 12,
    answers: [0.8, 0.7],
    own: (day) => [-30 * bump(day, 120, 18), -26 * bump(day, 140, 20) - 18 * bump(day, 290, 14)],
    close: (day) => 22 * Math.sin(day / 38),
  }),
  'five days': tell({ days: 5, seed: 5 }),
  alone: alone(tell({ days: 56, seed: 8, close: (day) => 16 * Math.sin(day / 8) })),
  'closeness at times': seldomClose(tell({ days: 56, seed: 10, close: (day) => 24 * Math.sin(day / 8) })),
  'feelings alone': tell({ days: 56, seed: 6, moments: false, closeness: false }),
  'nobody noted moments': tell({ days: 56, seed: 7, moments: false }),
  hostile: tell({
    days: 21,
    seed: 2,
    clock: 'day_numbers',
    labels: ['</script><img src=x onerror=alert(1)>"&', 'שרה 👩‍👩‍👧 مريم ' + 'x'.repeat(44)],
  }),
  nobody: { ...tell({ days: 0 }), days: [] },
}
