import type { CustomershipId } from '#contract/id.ts'
import type { Split } from '#contract/split.ts'
import { children, fathers, mothers, siblingNames, surnames } from './names.ts'
import { Seeded } from './seeded.ts'
import { demoWorker, otherWorkers, type Member } from './staff.ts'

/** What the first five minutes show: exactly one family each. */
export type Case =
  | 'suggestion'
  | 'protected-address'
  | 'permit-expiring'
  | 'concern'
  | 'overrun'
  | 'unwritten'
  | 'expiring'
  | 'deletion-tomorrow'
  | 'ready-to-delete'
  | 'unconfirmed'

const cases: Readonly<Record<number, Case>> = {
  3: 'suggestion',
  4: 'permit-expiring',
  5: 'protected-address',
  12: 'concern',
  14: 'unwritten',
  17: 'overrun',
  21: 'expiring',
  37: 'unconfirmed',
  38: 'deletion-tomorrow',
  39: 'ready-to-delete'
}

/**
 * Two children of one home, each with a decision and a customership of their own, whom one worker visits
 * at one time, every day.
 */
export const siblings: readonly number[] = [1, 2]

/** The families of the worker on the sign-in page come first. */
export const demoFamilies = 6
const familyCount = 40

const products = [
  ...Array<string>(15).fill('home-service'),
  ...Array<string>(10).fill('family-work'),
  ...Array<string>(4).fill('support-person'),
  ...Array<string>(3).fill('supervised-meeting'),
  ...Array<string>(3).fill('supported-meeting'),
  ...Array<string>(2).fill('supervised-exchange'),
  ...Array<string>(3).fill('childcare-help')
]

export interface Family {
  readonly index: number
  readonly id: CustomershipId
  readonly case: Case | null
  readonly product: string
  readonly worker: Member
  /** The how-manieth family of its worker. */
  readonly turn: number
  readonly surname: string
  readonly parent: 'mother' | 'father'
  readonly parentName: string
  readonly children: readonly string[]
  /** Of a sibling: which part of their time is its own. */
  readonly split: Split | null
  /** Whose home, parents and hours it has: a sibling's those of the first of them. */
  readonly kin: number
  /** The child, or the parent, by what the product is for. */
  readonly isChildClient: boolean
}

function workerOf(index: number): Member {
  if (index < demoFamilies) return demoWorker
  const worker = otherWorkers[(index - demoFamilies) % otherWorkers.length]
  if (!worker) throw new Error('every family has a worker')
  return worker
}

function familyAt(index: number): Family {
  const seeded = new Seeded('family', index)
  const part = siblings.indexOf(index) + 1
  const kin = part > 0 ? (siblings[0] ?? index) : index
  const product =
    part > 0 ? 'childcare-help' : (products[(index * 7) % products.length] ?? 'home-service')
  const home = part > 0 ? new Seeded('home', kin) : seeded
  const parent = home.isWithin(70) ? 'mother' : 'father'
  return {
    index,
    id: seeded.customershipId(),
    case: cases[index] ?? null,
    product,
    worker: workerOf(index),
    turn: index < demoFamilies ? index : Math.floor((index - demoFamilies) / otherWorkers.length),
    surname: surnames[(kin * 11) % surnames.length] ?? 'Nurmi',
    parent,
    parentName: home.pick(parent === 'mother' ? mothers : fathers),
    // What stands in one sibling's customership does not name the other.
    children:
      part > 0
        ? siblingNames.slice(part - 1, part)
        : seeded.some(children, seeded.between(1, 3)),
    split: part > 0 ? { of: siblings.length, part } : null,
    kin,
    isChildClient: product !== 'home-service' && product !== 'family-work'
  }
}

export const families: readonly Family[] = Array.from({ length: familyCount }, (_, index) =>
  familyAt(index)
)
