import { randomUUID } from 'node:crypto'
import { addDays, dayAt, instantOf, toMoment } from '#contract/day.ts'
import { customershipIdSchema, entryIdSchema, type EntryId, type UserId } from '#contract/id.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { Parts } from '#server/http/parts.ts'
import type { NewCustomership, NewEntry } from '#server/store/sealed-customership.ts'
import { people } from '#tests/support/household.ts'

const heads = ['Aal', 'Haa', 'Jär', 'Kai', 'Kos', 'Lai', 'Leh', 'Mäk', 'Nie', 'Oja', 'Pel', 'Ran']
const middles = ['to', 'pa', 'vi', 'ma', 'ka', 'ni', 'la']
const tails = ['nen', 'la', 'niemi', 'salo', 'mäki', 'lahti']
const firsts = ['Aava', 'Aino', 'Eemi', 'Eino', 'Elli', 'Helmi', 'Iida', 'Inka', 'Kaapo', 'Lilja']
const seconds = ['', '-Maria', '-Matti', '-Sofia']

/** Forty families of each last name: a name finds as many in a small register as in a large one. */
const perName = firsts.length * seconds.length

const pick = (words: readonly string[], at: number): string => words[at % words.length] ?? ''

export function nameOf(index: number): { firstName: string; lastName: string } {
  const name = Math.floor(index / perName)
  const within = index % perName
  const middle = Math.floor(name / heads.length)
  const tail = Math.floor(middle / middles.length)
  return {
    lastName: `${pick(heads, name)}${pick(middles, middle)}${pick(tails, tail)}`,
    firstName: `${pick(firsts, within)}${pick(seconds, Math.floor(within / firsts.length))}`
  }
}

/** The one with five hundred entries. */
export const longOne = { firstName: 'Pitkänen', lastName: 'Yhteisö' }
const longEntries = 500

const text = 'Leivottiin sämpylöitä, luettiin satua ja käytiin ulkona katsomassa sorsia. '

interface Hand {
  readonly now: number
  readonly workers: readonly UserId[]
}

/** A profile, two contacts, a decision, an assignment, and visits of which every other has its note. */
function familyOf(
  name: { firstName: string; lastName: string },
  index: number,
  visits: number,
  { now, workers }: Hand
): NewCustomership {
  const today = dayAt(now)
  const worker = workers[index % workers.length]
  if (!worker) throw new Error('nobody works here')
  const newId = (): EntryId => entryIdSchema.parse(newUuidV7(now))
  const said = (value: string) =>
    ({ value, source: 'organiser', by: worker, at: toMoment(now) }) as const
  const decision = newId()
  const product = pick(['home-service', 'family-work'], index)
  const entries: NewEntry[] = [
    {
      kind: 'profile',
      id: newId(),
      data: {
        firstName: said(name.firstName),
        lastName: said(name.lastName),
        phone: said('+358401234567'),
        needs: said(text.repeat(3).trim())
      }
    },
    ...['Huoltaja', 'Lapsi'].map((role): NewEntry => {
      const relation = role === 'Lapsi' ? 'child' : 'guardian'
      const data = { name: `${role} ${name.lastName}`, relation, noContact: false } as const
      return { kind: 'contact', id: newId(), data }
    }),
    {
      kind: 'decision',
      id: decision,
      data: {
        organiser: 'mallikunta',
        controller: 'organiser',
        product,
        funding: 'purchased',
        from: addDays(today, -200),
        until: addDays(today, 10 + (index % 400)),
        grantedMinutes: 2400,
        grantedPer: 'month',
        goals: ['Arjen sujuminen']
      }
    },
    {
      kind: 'assignment',
      id: newId(),
      data: { worker, from: addDays(today, -200), tasks: ['care'] }
    }
  ]
  for (let at = 0; at < visits; at += 1) {
    const day = addDays(today, 7 - at * (visits > 10 ? 1 : 3))
    const start = instantOf(day, 8 + (index % 8), 0)
    const visit = newId()
    const times = { plannedStart: toMoment(start), plannedEnd: toMoment(start + 3_600_000) }
    const base = { decision, product, worker, ...times }
    if (start > now) {
      entries.push({ kind: 'visit', id: visit, data: { ...base, state: 'planned' } })
      continue
    }
    const held = { startedAt: times.plannedStart, endedAt: times.plannedEnd }
    entries.push({ kind: 'visit', id: visit, data: { ...base, ...held, state: 'completed' } })
    const signed = { writtenAt: times.plannedEnd, signedAt: times.plannedEnd }
    const fields = { tasks: ['meals'], done: text.repeat(8).trim() }
    const template = { template: 'home-service', templateVersion: 1 }
    const note = { visit, ...template, fields, state: 'signed', author: worker, ...signed } as const
    entries.push({ kind: 'note', id: newId(), data: note })
  }
  return { id: customershipIdSchema.parse(randomUUID()), startDay: addDays(today, -200), entries }
}

const atOnce = 2000

/** So many families, and the long one among them. */
export async function fillWithCrowd(parts: Parts, families: number): Promise<void> {
  const workers: UserId[] = []
  for (const { username } of [people.worker, people.outsider]) {
    const user = await parts.store.users.findByUsername(username)
    if (user) workers.push(user.id)
  }
  await fillFor(parts, { families, visits: 6, workers })
}

/** The same, of whoever works there, with so many visits of each family. */
export async function fillFor(
  { store, clock }: Parts,
  o: { families: number; visits: number; workers: readonly UserId[] }
): Promise<void> {
  const { families, visits, workers } = o
  const now = clock.now()
  const [by] = workers
  if (!by) throw new Error('nobody writes')
  const hand: Hand = { now, workers }
  for (let from = 0; from < families; from += atOnce) {
    const openings: NewCustomership[] = []
    for (let index = from; index < Math.min(families, from + atOnce); index += 1)
      openings.push(
        index === 0
          ? familyOf(longOne, 0, longEntries / 2, hand)
          : familyOf(nameOf(index), index, visits, hand)
      )
    store.register.prepareKeys(openings.map(({ id }) => id))
    const sealed = openings.map((opening) => store.register.seal(opening, by))
    sealed.sort((a, b) => (a.facts.id < b.facts.id ? -1 : 1))
    const use = { user: by, device: null, kind: 'write', purpose: 'organising', at: now } as const
    await store.register.transact((tx) => tx.insert(sealed, use))
    await store.register.index(
      openings.map(({ id }) => id),
      () => undefined
    )
  }
}
