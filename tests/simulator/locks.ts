import { actAs, actorNow, type Actor } from './scheduler.ts'

interface Asked {
  readonly name: string
  readonly isShared: boolean
  readonly actor: Actor | undefined
  readonly grant: () => void
}

/** Web Locks of one tablet (W3C Web Locks § 4): first come, first served; whoever dies lets go. */
export class TabletLocks {
  #held: Asked[] = []
  #queue: Asked[] = []

  readonly manager = {
    request: (name: string, ...given: unknown[]) => this.#request(name, ...given)
  } as unknown as LockManager

  async #request(name: string, ...given: unknown[]): Promise<unknown> {
    const work = given.at(-1) as (lock: unknown) => unknown
    const options = (given.length > 1 ? given[0] : {}) as LockOptions
    const isShared = options.mode === 'shared'
    if (options.ifAvailable && !this.#isFree(name, isShared)) return work(null)
    const actor = actorNow()
    let mine: Asked | undefined
    await new Promise<void>((resolve) => {
      mine = { name, isShared, actor, grant: resolve }
      this.#queue.push(mine)
      this.#grant()
    })
    try {
      return await (actor ? actAs(actor, () => work({ name })) : work({ name }))
    } finally {
      this.#held = this.#held.filter((one) => one !== mine)
      this.#grant()
    }
  }

  letGo(isGone: (actor: Actor | undefined) => boolean): void {
    this.#held = this.#held.filter(({ actor }) => !isGone(actor))
    this.#queue = this.#queue.filter(({ actor }) => !isGone(actor))
    this.#grant()
  }

  #isFree(name: string, isShared: boolean): boolean {
    return [...this.#held, ...this.#queue].every(
      (one) => one.name !== name || (one.isShared && isShared)
    )
  }

  #grant(): void {
    const passed = new Set<string>()
    for (const one of [...this.#queue]) {
      const isHeld = this.#held.some(
        (other) => other.name === one.name && !(other.isShared && one.isShared)
      )
      if (isHeld || (passed.has(one.name) && !one.isShared)) {
        passed.add(one.name)
        continue
      }
      this.#queue = this.#queue.filter((other) => other !== one)
      this.#held.push(one)
      one.grant()
    }
  }
}
