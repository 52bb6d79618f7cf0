import { randomBytes, randomUUID } from 'node:crypto'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { emptyRecord } from '#contract/closing.ts'
import {
  customershipIdSchema,
  entryIdSchema,
  type CustomershipId,
  type UserId
} from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Household, people } from '#tests/support/household.ts'
import { BareDesk } from './bare-desk.ts'
import { fillWithCrowd } from './crowd.ts'
import { medianOf, type Figure } from './figures.ts'

const small = 100
const large = 20_000
const deleted = 21
const ratioAllowed = 1.5
const heavyEntries = 1000
const heavyDocuments = 50
const pageBytes = 300_000
const heavyAllowed = 2000
const stallAllowed = 100

/** The end is past, the list is worked: only the deletion itself is left. */
async function settle({ store, clock }: Parts, id: CustomershipId, by: UserId): Promise<void> {
  const today = dayAt(clock.now())
  const made = { by, at: toMoment(clock.now()), how: 'Turvapostilla' }
  await store.register.transact((tx) =>
    tx.change(id, async (change) => {
      const endDay = addDays(today, -1)
      await change.setEnding({ endDay, deleteBy: addDays(today, 59), reason: 'service-completed' })
      await change.setState('closed')
      const documents = (await change.ofKind('document')).map(({ id: document }) => ({
        ...made,
        document,
        fate: 'returned' as const
      }))
      await change.writeClosingRecord({
        ...emptyRecord,
        documents,
        receipt: { ...made, from: 'Kirjaamo', receivedOn: today },
        ticks: [
          { ...made, item: 'last-summary' },
          { ...made, item: 'portal-events' }
        ]
      })
    })
  )
}

async function userOf({ store }: Parts): Promise<UserId> {
  const user = await store.users.findByUsername(people.coordinator.username)
  if (!user) throw new Error('nobody coordinates')
  return user.id
}

/** A thousand entries, of which fifty are documents of one large page each. */
async function addHeavy(parts: Parts, by: UserId): Promise<CustomershipId> {
  const { store, clock } = parts
  const id = customershipIdSchema.parse(randomUUID())
  const newId = () => entryIdSchema.parse(newUuidV7(clock.now()))
  const at = toMoment(clock.now())
  await store.register.transact(async (tx) => {
    const change = await tx.create(id, addDays(dayAt(clock.now()), -200))
    for (let index = 0; index < heavyDocuments; index += 1) {
      const document = newId()
      const page = { document, page: 1, by, mediaType: 'image/png' as const }
      await change.pages.put(page, randomBytes(pageBytes))
      const sha256 = 'x'.repeat(43)
      await change.put(
        'document',
        document,
        {
          type: 'medication-permit',
          identityCode: 'none',
          pages: [{ page: 1, sha256, mediaType: 'image/png' }],
          addedBy: by,
          addedAt: at,
          original: [{ state: 'destroyed', by, at }]
        },
        by
      )
    }
    for (let index = heavyDocuments; index < heavyEntries; index += 1) {
      const signed = { state: 'signed', author: by, writtenAt: at, signedAt: at } as const
      const fields = { done: 'Leivottiin sämpylöitä ja luettiin satua. '.repeat(20).trim() }
      const template = { template: 'home-service', templateVersion: 1 }
      await change.put('note', newId(), { visit: newId(), ...template, fields, ...signed }, by)
    }
  })
  await settle(parts, id, by)
  return id
}

interface Ready {
  readonly household: Household
  readonly desk: BareDesk
  readonly ids: CustomershipId[]
  readonly heavy: CustomershipId
  /** One that stays, for who opens a client meanwhile. */
  readonly other: CustomershipId
}

async function registerOf(families: number): Promise<Ready> {
  const ids: CustomershipId[] = []
  let heavy: CustomershipId | null = null
  const household = await Household.create(async (parts) => {
    await fillWithCrowd(parts, families)
    const by = await userOf(parts)
    const all = (await parts.store.register.list()).map(({ id }) => id)
    const step = Math.floor(all.length / (deleted + 2))
    for (let count = 0; count <= deleted + 1; count += 1) ids.push(all[count * step] ?? all[0]!)
    for (const id of ids.slice(1)) await settle(parts, id, by)
    heavy = await addHeavy(parts, by)
  })
  const desk = new BareDesk(household.office)
  await desk.signIn()
  const [other, ...rest] = ids
  if (!other || !heavy) throw new Error('the register is empty')
  return { household, desk, ids: rest, heavy, other }
}

const erase = (desk: BareDesk, id: CustomershipId) =>
  desk.ask('POST', `/api/office/customerships/${id}/deletion`)

/** How long another main user waits for a client's page while the heavy one is deleted. */
async function longestWait({ desk, other }: Ready, isOver: () => boolean): Promise<number> {
  const waits: number[] = []
  while (!isOver()) {
    const path = `/api/office/customerships/${other}?purpose=organising`
    waits.push((await desk.ask('GET', path)).took)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return Math.max(...waits)
}

async function eraseHeavy(ready: Ready): Promise<{ took: number; longest: number }> {
  let isOver = false
  const waiting = longestWait(ready, () => isOver)
  const { took } = await erase(ready.desk, ready.heavy)
  // What follows the certificate, such as reading every file through, is waited for too.
  await new Promise((resolve) => setTimeout(resolve, 3000))
  isOver = true
  return { took, longest: await waiting }
}

/** Time up to the certificate in a small and a large register, in turns, and of a heavy customership. */
export async function measureDeletion(): Promise<Figure[]> {
  const few = await registerOf(small)
  const many = await registerOf(large)
  try {
    const taken = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round < deleted; round += 1)
      for (const [name, ready] of Object.entries({ few, many })) {
        const id = ready.ids[round]
        if (!id) throw new Error('there are enough')
        const { took } = await erase(ready.desk, id)
        if (round > 0) taken[name as keyof typeof taken].push(took)
      }
    const [beside, value] = [medianOf(taken.few), medianOf(taken.many)]
    const ratio = value / beside
    const { took, longest } = await eraseHeavy(many)
    const ms = (time: number) => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`
    return [
      {
        what: 'Deleting a customership of 20,000 up to its certificate, beside one of 100',
        value: ms(value),
        beside: ms(beside),
        ratio: ratio.toFixed(2),
        allowed: `at most ${ratioAllowed}`,
        holds: ratio <= ratioAllowed
      },
      {
        what: `Deleting one of ${heavyEntries} entries and ${heavyDocuments} documents up to its certificate`,
        value: ms(took),
        beside: '',
        ratio: '',
        allowed: `under ${heavyAllowed / 1000} s`,
        holds: took < heavyAllowed
      },
      {
        what: 'The longest that opening a client waited meanwhile, and while every file was read after it',
        value: ms(longest),
        beside: '',
        ratio: '',
        allowed: `under ${stallAllowed} ms`,
        holds: longest < stallAllowed
      }
    ]
  } finally {
    await few.household.destroy()
    await many.household.destroy()
  }
}
