import type { CustomershipId } from '#contract/id.ts'
import { children, fathers, mothers, surnames } from './names.ts'
import { Seeded } from './seeded.ts'
import { demoWorker, otherWorkers, type Member } from './staff.ts'

/** What the first five minutes show: exactly one family each. */
export type Case =
  | 'suggestion'
  | 'protected-address'
  | 'permit-expiring'
  | 'concern'
  | 'overrun'
  | 'expiring'
  | 'deletion-tomorrow'
  | 'ready-to-delete'
  | 'unconfirmed'

const cases: Readonly<Record<number, Case>> = {
  3: 'suggestion',
  4: 'permit-expiring',
  5: 'protected-address',
  12: 'concern',
  17: 'overrun',
  21: 'expiring',
  37: 'unconfirmed',
  38: 'deletion-tomorrow',
  39: 'ready-to-delete'
}

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
  const product = products[(index * 7) % products.length] ?? 'home-service'
  const parent = seeded.isWithin(70) ? 'mother' : 'father'
  return {
    index,
    id: seeded.customershipId(),
    case: cases[index] ?? null,
    product,
    worker: workerOf(index),
    turn: index < demoFamilies ? index : Math.floor((index - demoFamilies) / otherWorkers.length),
    surname: surnames[(index * 11) % surnames.length] ?? 'Nurmi',
    parent,
    parentName: seeded.pick(parent === 'mother' ? mothers : fathers),
    children: seeded.some(children, seeded.between(1, 3)),
    isChildClient: product !== 'home-service' && product !== 'family-work'
  }
}

export const families: readonly Family[] = Array.from({ length: familyCount }, (_, index) =>
  familyAt(index)
)
