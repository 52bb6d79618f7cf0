import { randomUUID } from 'node:crypto'
import { addDays, dayAt, instantOf, toMoment } from '#contract/day.ts'
import {
  customershipIdSchema,
  entryIdSchema,
  type CustomershipId,
  type EntryId,
  type UserId
} from '#contract/id.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { grantAround } from './grant.ts'
import type { Parts } from '#server/http/parts.ts'
import type { NewCustomership, NewEntry } from '#server/store/sealed-customership.ts'

const words = 'Leivottiin sämpylöitä, luettiin satua ja käytiin ulkona katsomassa sorsia. '
/** About one KiB of JSON an entry. */
const noteText = words.repeat(10).slice(0, 700)
const notesEach = 13

/** What a worker has to do today. */
export interface ShiftVisit {
  readonly customership: CustomershipId
  readonly visit: EntryId
  readonly decision: EntryId
}

/** One of a family's workers, and whether they visit it today. */
export interface Visiting {
  readonly worker: UserId
  readonly hour: number | null
}

/** A family of some seventeen entries, its signed notes included. */
function familyOf(index: number, visiting: readonly Visiting[], now: number) {
  const today = dayAt(now)
  const at = toMoment(now)
  const by = visiting[0]?.worker
  if (!by) throw new Error('nobody works here')
  const newId = (): EntryId => entryIdSchema.parse(newUuidV7(now))
  const said = (value: string) => ({ value, source: 'organiser', by, at }) as const
  const id = customershipIdSchema.parse(randomUUID())
  const decision = newId()
  const from = addDays(today, -180)
  const entries: NewEntry[] = [
    {
      kind: 'profile',
      id: newId(),
      data: { firstName: said(`Perhe${index}`), lastName: said('Kuviteltu') }
    },
    {
      kind: 'decision',
      id: decision,
      data: grantAround(today)
    }
  ]
  const visits: (ShiftVisit & { readonly worker: UserId })[] = []
  for (const { worker, hour } of visiting) {
    entries.push({ kind: 'assignment', id: newId(), data: { worker, from, tasks: ['care'] } })
    if (hour === null) continue
    const visit = newId()
    const start = instantOf(today, hour, 0)
    entries.push({
      kind: 'visit',
      id: visit,
      data: {
        ...{ decision, product: 'home-service', worker, state: 'planned' },
        ...{ plannedStart: toMoment(start), plannedEnd: toMoment(start + 2_700_000) }
      }
    })
    visits.push({ customership: id, visit, decision, worker })
  }
  for (let number = 0; number < notesEach; number += 1) {
    const writtenAt = toMoment(now - (number + 1) * 86_400_000)
    entries.push({
      kind: 'note',
      id: newId(),
      data: {
        ...{ visit: newId(), template: 'home-service', templateVersion: 1, state: 'signed' },
        ...{ fields: { done: noteText }, author: by, writtenAt, signedAt: writtenAt }
      }
    })
  }
  return { opening: { id, startDay: from, entries } satisfies NewCustomership, visits }
}

const atOnce = 1000

/** Families with their workers, in so many durable commits; answers the visits of today by worker. */
export async function fillShift(
  { store, clock }: Parts,
  families: readonly (readonly Visiting[])[]
): Promise<Map<UserId, ShiftVisit[]>> {
  const now = clock.now()
  const today = new Map<UserId, ShiftVisit[]>()
  for (let from = 0; from < families.length; from += atOnce) {
    const made = families
      .slice(from, from + atOnce)
      .map((visiting, index) => familyOf(from + index, visiting, now))
    const by = families[from]?.[0]?.worker
    if (!by) throw new Error('nobody writes')
    store.register.prepareKeys(made.map(({ opening }) => opening.id))
    const sealed = made.map(({ opening }) => store.register.seal(opening, by))
    sealed.sort((one, other) => (one.facts.id < other.facts.id ? -1 : 1))
    const use = { user: by, device: null, kind: 'write', purpose: 'organising', at: now } as const
    await store.register.transact((tx) => tx.insert(sealed, use))
    for (const visit of made.flatMap(({ visits }) => visits)) {
      const those = today.get(visit.worker) ?? []
      today.set(visit.worker, [...those, visit])
    }
  }
  return today
}
