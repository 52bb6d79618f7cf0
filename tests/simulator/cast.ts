import { Family } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { User } from '#server/store/users.ts'
import { History } from './history.ts'
import type { Heard } from './network.ts'
import type { Case } from './person.ts'
import { SimulatedServer } from './server.ts'
import { Tablet } from './tablet.ts'

/** Everybody who is there at the beginning of every history. */
export class Cast {
  readonly server: SimulatedServer
  readonly mainUser: User
  readonly workers: readonly User[]
  readonly tablets: readonly Tablet[]
  /** Of each worker a tablet that speaks the protocol and nothing else: what it fetches is what there is. */
  readonly readers: readonly WireTablet[]
  readonly families: readonly Case[]
  /** The revision of each customership at the beginning. */
  readonly revisions: ReadonlyMap<CustomershipId, number>
  readonly assignments: ReadonlyMap<string, EntryId>
  readonly ear: { heard: Heard }

  private constructor(o: Omit<Cast, 'hear' | 'close' | 'tablets'>, tablets: readonly Tablet[]) {
    this.server = o.server
    this.mainUser = o.mainUser
    this.workers = o.workers
    this.readers = o.readers
    this.families = o.families
    this.revisions = o.revisions
    this.assignments = o.assignments
    this.ear = o.ear
    this.tablets = tablets
  }

  static async gather(): Promise<Cast> {
    const server = await SimulatedServer.create()
    const { world } = server
    const mainUser = await world.user({ role: 'main-user' })
    const office = await world.signedIn(mainUser)
    const tasks = ['care', 'documents'] as const
    const first = await world.user({ role: 'worker', tasks: [...tasks] })
    const second = await world.user({ role: 'worker', tasks: [...tasks] })
    const assignments = new Map<string, EntryId>()
    const families: Case[] = []
    for (const [name, workers] of [
      ['Kuusinen', [first, second]],
      ['Mäntynen', [first]]
    ] as const) {
      const family = await Family.open(world, office, name)
      for (const worker of workers)
        assignments.set(
          `${family.id} ${worker.id}`,
          await family.assign(worker.id, { tasks: [...tasks] })
        )
      const visit = await family.plan(first.id)
      families.push({ name, id: family.id, visit, decision: family.decision })
    }
    const ear: { heard: Heard } = { heard: () => undefined }
    const heard: Heard = (...said) => ear.heard(...said)
    const tablets: Tablet[] = []
    for (const [name, worker] of [
      ['A', first],
      ['B', first],
      ['C', second]
    ] as const)
      tablets.push(await Tablet.enrol(name, worker, world, server, heard))
    const readers = [await WireTablet.enrol(world, first), await WireTablet.enrol(world, second)]
    const facts = await world.parts.store.register.list()
    const revisions = new Map(facts.map(({ id, revision }) => [id, revision]))
    await server.keepBeginning()
    const cast = new Cast(
      {
        ...{ server, mainUser, readers, families, revisions, assignments },
        ...{ workers: [first, second], ear }
      },
      tablets
    )
    await History.useTablets(cast)
    await server.keepBeginning()
    return cast
  }

  hear(heard: Heard): void {
    this.ear.heard = heard
  }

  close(): Promise<void> {
    return this.server.close()
  }
}
