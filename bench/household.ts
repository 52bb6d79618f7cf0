import { randomUUID } from 'node:crypto'
import { addDays, dayAt, instantOf, toMoment } from '#contract/day.ts'
import { customershipIdSchema, entryIdSchema, type UserId } from '#contract/id.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { Parts } from '#server/http/parts.ts'
import { people } from '#tests/support/household.ts'
import { grantAround } from './grant.ts'

export const families = 60
export const entries = 10_000

const words = 'Leivottiin sämpylöitä, luettiin satua ja käytiin ulkona katsomassa sorsia. '

/** About one KiB of JSON an entry, as a signed visit note of ordinary length is. */
const noteText = words.repeat(10).slice(0, 700)

interface Filling {
  readonly families: number
  /** Held visits of each, with a note of each. */
  readonly visits: number
  /** Of what a visit itself says. */
  readonly letters: number
}

/** Sixty families, ten thousand entries among them, all of one worker; visits today for six. */
export const fillWithNotes = (parts: Parts): Promise<void> =>
  fillWith(parts, { families, visits: (Math.floor(entries / families) - 3) / 2, letters: 480 })

/** All of one worker; visits today for six. */
export async function fillWith({ store, clock }: Parts, filling: Filling): Promise<void> {
  const worker = await store.users.findByUsername(people.worker.username)
  if (!worker) throw new Error('no worker')
  for (let family = 0; family < filling.families; family += 1)
    await writeFamily({ store, clock }, worker.id, family, filling)
}

async function writeFamily(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  worker: UserId,
  family: number,
  { visits, letters }: Filling
): Promise<void> {
  const today = dayAt(clock.now())
  const at = toMoment(clock.now())
  const newId = () => entryIdSchema.parse(newUuidV7(clock.now()))
  await store.register.transact(async (tx) => {
    const from = addDays(today, -180)
    const change = await tx.create(customershipIdSchema.parse(randomUUID()), from)
    const stated = (value: string) => ({ value, source: 'organiser', by: worker, at }) as const
    await change.put(
      'profile',
      newId(),
      { firstName: stated(`Perhe${family}`), lastName: stated('Kuviteltu') },
      worker
    )
    const decision = newId()
    await change.put('decision', decision, grantAround(today), worker)
    await change.put('assignment', newId(), { worker, from, tasks: ['care'] }, worker)
    for (let index = 0; index < visits; index += 1) {
      const day = index === 0 && family < 6 ? today : addDays(today, -1 - index)
      const start = instantOf(day, 8 + (family % 6), 0)
      const visit = newId()
      const isToday = day === today
      const times = { plannedStart: toMoment(start), plannedEnd: toMoment(start + 3_600_000) }
      await change.put(
        'visit',
        visit,
        isToday
          ? { decision, product: 'home-service', worker, ...times, state: 'planned' }
          : {
              decision,
              product: 'home-service',
              worker,
              ...times,
              startedAt: times.plannedStart,
              endedAt: times.plannedEnd,
              state: 'completed',
              ...(letters > 0 ? { reason: noteText.slice(0, letters) } : {})
            },
        worker
      )
      if (isToday) continue
      await change.put(
        'note',
        newId(),
        {
          visit,
          template: 'home-service',
          templateVersion: 1,
          fields: {
            tasks: ['meals', 'outdoors'],
            done: noteText,
            observations: noteText.slice(0, 300)
          },
          state: 'signed',
          author: worker,
          writtenAt: times.plannedEnd,
          signedAt: times.plannedEnd
        },
        worker
      )
    }
  })
}
