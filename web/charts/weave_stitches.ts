/** Which moments share a stitch. Few shapes, so that they can be learnt; the words of each are in a day's title. */

import content from '../../content/moments.json'
import type { Moment } from './reading'

export interface Family {
  readonly id: string
  readonly words: string
  /** The colour of its yarn: moments of one's own, between two people, or from around them. */
  readonly yarn: 'own' | 'between' | 'around'
  /** Where the shape points, if it does; it is mirrored on b's half. */
  readonly points?: string
  readonly moments: readonly string[]
}

const ground: Family = {
  id: 'ground',
  words: 'Own ground',
  yarn: 'own',
  moments: ['boundary', 'own_time', 'noticed_first', 'left_it_with_them', 'sorted_it_myself', 'practice'],
}

/**
 * In the order in which they lie on the cloth, from a person's own edge towards the other: what is one's own is
 * nearest the edge, what reaches over is nearest the middle.
 */
export const families: readonly Family[] = [
  ground,
  {
    id: 'unsaid',
    words: 'Left unsaid',
    yarn: 'own',
    moments: ['held_back', 'smoothed_over', 'said_yes_empty'],
  },
  {
    id: 'back',
    words: 'Stepping back',
    yarn: 'own',
    points: "towards one's own edge",
    moments: ['withdrew', 'did_alone'],
  },
  { id: 'stress', words: 'Stress from outside', yarn: 'around', moments: ['outside_stress'] },
  {
    id: 'friction',
    words: 'Friction and mending',
    yarn: 'between',
    moments: ['conflict', 'said_sorry', 'came_out_sideways'],
  },
  {
    id: 'hand',
    words: 'A helping hand',
    yarn: 'between',
    points: 'towards the other',
    moments: ['stepped_in', 'was_offered'],
  },
  { id: 'reach', words: 'Reaching out', yarn: 'between', moments: ['reached', 'opened_up'] },
  { id: 'reached', words: 'Being reached', yarn: 'between', moments: ['was_reached'] },
  { id: 'together', words: 'Together', yarn: 'between', moments: ['good_together'] },
]

const chips = new Map(content.moments.map(({ name, chip }) => [name, chip]))

/** What people see of a moment; one that is newer than this page goes by its name. */
export const chipOf = (name: string): string => chips.get(name) ?? name.replaceAll('_', ' ')

const familyOfMoment = new Map(families.flatMap(({ moments }, index) => moments.map((name) => [name, index])))

/** The place of a moment's family in `families`; a moment that is newer than this page has none. */
export const familyOf = (name: string): number | undefined => familyOfMoment.get(name)

const ownGround = new Set([...ground.moments, 'opened_up'])

/**
 * A moment of own ground makes the edge firm: those of its family, and letting be known what one feels or needs, in a
 * quarrel too.
 */
export const isOwnGround = (moment: Moment): boolean =>
  ownGround.has(moment.name) || (moment.name === 'conflict' && moment.voiced === 'yes')
