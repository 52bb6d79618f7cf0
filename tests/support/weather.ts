import { setTimeout as pause } from 'node:timers/promises'
import { Seeded } from '#server/demo/seeded.ts'
import { statuses, type Fault } from './fault.ts'
import { SlowLine } from './slow-line.ts'

type Card = (chance: Seeded) => Fault | null

const never = (): void => undefined
const clear: Card = () => null
const said =
  (status: (typeof statuses)[number], as: 'problem' | 'page'): Card =>
  () => ({ does: 'answer', status, as, ...(status === 429 ? { retryAfterSeconds: 2 } : {}) })

/**
 * A network in which every request may meet something, dealt from a deck that a seed shuffles: of what is
 * asked often enough each fault comes once before any comes again, and the same seed deals the same.
 */
export class Weather {
  readonly #seed: number
  readonly #line = new SlowLine({ milliseconds: 400, kilobits: 200 })
  readonly #asked = new Map<string, number>()

  constructor(seed: number) {
    this.#seed = seed
  }

  readonly fault = (path: string): Fault | null => {
    if (!path.startsWith('/api/')) return null
    const what = path.replace(/[0-9a-f-]{36}/g, '*')
    const nth = this.#asked.get(what) ?? 0
    this.#asked.set(what, nth + 1)
    const deck = this.#deck()
    const round = Math.floor(nth / deck.length)
    const card = shuffled(deck, new Seeded(this.#seed, what, round))[nth % deck.length]
    return card?.(new Seeded(this.#seed, what, nth, 'card')) ?? null
  }

  #deck(): readonly Card[] {
    return [
      ...[clear, clear, clear],
      () => ({ does: 'refuse' }),
      () => ({ does: 'portal' }),
      () => ({ does: 'slow', line: this.#line }),
      () => ({ does: 'twice' }),
      () => ({ does: 'lose', once: 'sent', then: never }),
      () => ({ does: 'lose', once: 'answered', then: never }),
      (chance) => ({ does: 'hold', until: pause(chance.below(2500)), lost: false }),
      (chance) => ({ does: 'hold', until: pause(chance.below(2500)), lost: true }),
      (chance) => ({ does: 'truncate', afterBytes: chance.below(600), looksWhole: true }),
      (chance) => ({ does: 'truncate', afterBytes: chance.below(600), looksWhole: false }),
      ...statuses.map((status) => said(status, 'problem')),
      ...([404, 422, 503] as const).map((status) => said(status, 'page'))
    ]
  }
}

function shuffled<T>(cards: readonly T[], chance: Seeded): T[] {
  const left = [...cards]
  return cards.flatMap(() => left.splice(chance.below(left.length), 1))
}
