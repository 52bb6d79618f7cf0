import fc from 'fast-check'
import type { Fault } from './network.ts'

/** What a worker does, and how often beside the others. */
const doings = {
  ...{ type: 12, sign: 2, merge: 2, amend: 1, visit: 2, suggest: 1, read: 1, scan: 1 },
  ...{ look: 4, send: 3, fetch: 3 }
}
const officeActs = {
  ...{ plan: 3, type: 6, look: 4, merge: 2, unassign: 3, assign: 3, end: 1, delete: 1 },
  ...{ accept: 3, return: 1 }
}

/** What may happen next; the numbers choose among what there is. */
export type Happening =
  | {
      readonly kind: 'does'
      readonly tablet: number
      readonly tab: number
      readonly family: number
      readonly what: keyof typeof doings
    }
  | { readonly kind: 'go'; readonly turns: number; readonly seed: number }
  | { readonly kind: 'fault'; readonly tablet: number; readonly fault: Fault }
  | {
      readonly kind: 'office'
      readonly act: keyof typeof officeActs
      readonly family: number
      readonly worker: number
    }
  | { readonly kind: 'crash' | 'second tab' | 'close tab' | 'rot'; readonly tablet: number }
  | { readonly kind: 'back up' | 'restore' }
  /** So many of its next writes find no room, each of them whole. */
  | { readonly kind: 'full disk'; readonly tablet: number; readonly writes: number }
  /** After so many more of its commits. */
  | { readonly kind: 'crash server'; readonly commits: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'clock'; readonly tablet: number; readonly skew: number }

const weighted = <T extends string>(weights: Readonly<Record<T, number>>) =>
  fc.oneof(
    ...Object.entries<number>(weights).map(([name, weight]) => ({
      weight,
      arbitrary: fc.constant(name as T)
    }))
  )

const weightedNumber = (...weights: readonly number[]) =>
  fc.oneof(...weights.map((weight, number) => ({ weight, arbitrary: fc.constant(number) })))

/** Two tablets of one worker, and one of another; what two write at once is written of the first family. */
const tablet = weightedNumber(5, 3, 2)
const family = weightedNumber(3, 1)
const minute = 60_000
const day = 24 * 60 * minute

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('lost', 'answer lost', 'doubled', 'portal') }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(401, 404, 429, 500, 503)
  }),
  fc.record({ kind: fc.constantFrom('cut', 'ended'), at: fc.nat(20_000) })
)

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      ...{ kind: fc.constant('does' as const), tablet, tab: fc.nat(1), family },
      what: weighted(doings)
    })
  },
  {
    weight: 12,
    arbitrary: fc.record({
      ...{ kind: fc.constant('go' as const), turns: fc.integer({ min: 1, max: 25 }) },
      seed: fc.nat(9999)
    })
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('fault' as const), tablet, fault }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant('office' as const), family, worker: fc.nat(1) },
      act: weighted(officeActs)
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: weighted({ crash: 4, 'second tab': 3, 'close tab': 1, rot: 1 }),
      tablet
    })
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('back up', 'restore') }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('crash server' as const), commits: fc.nat(8) })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: fc.constant('full disk' as const), tablet },
      writes: fc.integer({ min: 1, max: 6 })
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(300, 5000, minute, 61 * minute)
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: fc.constant('clock' as const), tablet },
      skew: fc.constantFrom(-5 * 365 * day, -day, -90_000, 90_000, day, 5 * 365 * day)
    })
  }
)

/** A history as it is told before it is played. */
export interface Story {
  /** The tablets have fetched nothing yet. */
  readonly isEmpty: boolean
  readonly happenings: readonly Happening[]
}

export const story: fc.Arbitrary<Story> = fc.record({
  isEmpty: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) }
  ),
  happenings: fc.array(happening, { minLength: 5, maxLength: 35, size: 'max' })
})
