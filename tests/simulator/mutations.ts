import Dexie from 'dexie'
import { actAs, actorNow } from './scheduler.ts'

type Parts = Parameters<typeof Dexie.on.storagemutated.fire>[0]
type Listener = (parts: Parts) => void

/**
 * Every tablet of a history lives in one process, and so in one Dexie, which tells of each change to
 * all that listen. A page hears what happens on its own tablet, as itself, and nothing once it is dead.
 */
export function hearOwnTabletOnly(): void {
  // It keeps answers by the database's name, and every tablet's door has the same.
  Dexie.addons.push((database) => {
    Object.assign((database as unknown as { _options: object })._options, { cache: 'disabled' })
  })
  const { storagemutated } = Dexie.on
  const { subscribe, unsubscribe } = storagemutated
  const heardAs = new WeakMap<Listener, Listener>()
  Object.assign(storagemutated, {
    subscribe: (listener: Listener) => {
      const page = actorNow()
      if (!page) return subscribe(listener)
      const hear: Listener = (parts) => {
        const from = actorNow()
        if (!page.dead && from?.machine === page.machine) actAs(page, () => listener(parts))
      }
      heardAs.set(listener, hear)
      subscribe(hear)
    },
    unsubscribe: (listener: Listener) => unsubscribe(heardAs.get(listener) ?? listener)
  })
}
