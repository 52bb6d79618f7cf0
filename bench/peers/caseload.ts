import { randomUUID } from 'node:crypto'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { NoteWriting } from '#contract/note.ts'
import { entryIdSchema } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { changeMark, type Row } from './row.ts'

interface Held {
  readonly customership: CustomershipId
  readonly entry: Entry
}

export type HeldNote = Held & { readonly entry: Entry<'note'> }

/** A note as the app's own form hands it over. */
export interface WrittenNote {
  readonly customership: CustomershipId
  readonly body: NoteWriting
}

/** What a register holds, and what becomes of it. */
export interface Caseload {
  readonly rows: readonly Row[]
  /** Already as they become. */
  readonly changed: readonly HeldNote[]
  readonly written: readonly WrittenNote[]
}

export const changes = 100
export const notes = 1000

export function rowOf({ customership, entry }: Held): Row {
  const { id, kind, revision, at, by, data } = entry
  return { id: `${customership}/${id}`, customership, kind, revision, at, by, data }
}

/** The peers get the note as the row that it becomes. */
export function rowOfNote({ customership, body }: WrittenNote): Row {
  const { note, ...data } = body
  const at = toMoment(performance.timeOrigin + performance.now())
  return {
    id: `${customership}/${note}`,
    customership,
    kind: 'note',
    revision: 0,
    at,
    by: '',
    data
  }
}

/** Everything that the worker's tablet will hold, read from the register itself. */
export async function readCaseload({ store, clock }: Parts): Promise<Caseload> {
  const ids = (await store.register.list()).map(({ id }) => id)
  const read = await store.register.readEach(ids, (reader) => reader.entries())
  const held = [...read].flatMap(([customership, entries]) =>
    entries.map((entry): Held => ({ customership, entry }))
  )
  const byFamily = ids.map((id) => held.filter(({ customership }) => customership === id))
  const signed = inTurns(byFamily.map((some) => some.filter(isNote))).slice(0, changes)
  const yesterday = addDays(dayAt(clock.now()), -3)
  const visits = held.filter(
    ({ entry }) =>
      entry.kind === 'visit' &&
      entry.data.state === 'completed' &&
      (entry.data.startedAt ?? '') >= yesterday
  )
  const written = Array.from({ length: notes }, (_, index) => {
    const visit = visits[index % visits.length]
    if (!visit) throw new Error('no visit to write of')
    return writtenNote(visit, clock.now())
  })
  return { rows: held.map(rowOf), changed: signed.map(change), written }
}

const isNote = (one: Held): one is HeldNote => one.entry.kind === 'note'

/** One of each, then another of each. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1))
  ).flat()
}

function change({ customership, entry }: HeldNote): HeldNote {
  const { data } = entry
  const said = data.fields['observations']
  const observations = `${changeMark}${typeof said === 'string' ? said : ''}`
  return {
    customership,
    entry: { ...entry, data: { ...data, fields: { ...data.fields, observations } } }
  }
}

const words = 'Siivottiin yhdessä keittiö, tehtiin iltapala ja puhuttiin päiväkodin alusta. '

function writtenNote({ customership, entry }: Held, now: number): WrittenNote {
  return {
    customership,
    body: {
      note: entryIdSchema.parse(newUuidV7(now)),
      visit: entry.id,
      template: 'home-service',
      templateVersion: 1,
      fields: {
        tasks: ['meals', 'outdoors'],
        done: `${words.repeat(8)}${randomUUID()}`,
        observations: words.repeat(4).slice(0, 260)
      }
    }
  }
}

/** As somebody else wrote it meanwhile. */
export async function writeChanges({ store }: Parts, changed: readonly HeldNote[]): Promise<void> {
  for (const [customership, some] of Map.groupBy(changed, (one) => one.customership))
    await store.register.transact((tx) =>
      tx.change(customership, async (change) => {
        for (const { entry } of some) await change.put('note', entry.id, entry.data, entry.by)
      })
    )
}
