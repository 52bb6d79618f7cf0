import { Hono, type Context } from 'hono'
import type * as z from 'zod/mini'
import { alarmAnswerSchema } from '#contract/closing.ts'
import { toMoment } from '#contract/day.ts'
import { entryIdSchema, type CustomershipId, type EntryId } from '#contract/id.ts'
import { mergeAtOfficeSchema, noteAtOfficeSchema, type NoteWritten } from '#contract/note.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readParam } from '#server/http/input.ts'
import { changeAtOffice, tellAtOffice } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireMainUser, type SignedIn } from '#server/http/session.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { answerAlarm } from './answer-alarm.ts'
import { readFeed } from './feed.ts'
import { mergeAtOffice } from './merge-at-office.ts'
import { readUnfinished, watchUnfinished } from './unfinished.ts'
import { writeAtOffice, type OfficeTerms } from './write-at-office.ts'

export function noteRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()
  const unfinishedNotes = watchUnfinished({ store, clock })

  routes.get('/api/office/notes', async (c) => {
    const user = await requireMainUser(c)
    const feed = await readFeed(store, user, clock.now())
    const shown = new Set<CustomershipId>(feed.notes.map(({ customership }) => customership))
    const list = { user: user.id, kind: 'list', purpose: 'organising' } as const
    await recordUse(store, clock, ...[...shown].map((customership) => ({ ...list, customership })))
    return c.json(feed)
  })

  routes.post('/api/office/customerships/:id/notes/:note/answer', async (c) => {
    // Read once it is known who asks: to others it tells nothing.
    const note = () => readParam(c, 'note', entryIdSchema)
    const written = await changeAtOffice(
      c,
      alarmAnswerSchema,
      'organising',
      async (change, answer, { id: by }) => {
        const at = toMoment(clock.now())
        return (await answerAlarm(change, note(), answer, { by, at }))
          ? null
          : { code: 'not-found' }
      },
      { alsoClosed: true }
    )
    return c.json(written)
  })

  routes.get('/api/office/notes/unfinished', async (c) => {
    const user = await requireMainUser(c)
    const unfinished = await readUnfinished(unfinishedNotes, user, clock.now())
    const shown = [...unfinished.drafts, ...unfinished.without].map((line) => line.customership)
    const list = { user: user.id, kind: 'list', purpose: 'organising' } as const
    const uses = [...new Set(shown)].map((customership) => ({ ...list, customership }))
    await recordUse(store, clock, ...uses)
    return c.json(unfinished)
  })

  /** Where the words were laid is told beside the revision: they may stand beside the note. */
  async function atOffice<S extends z.ZodMiniType>(
    c: Context,
    schema: S,
    write: (
      change: CustomershipChange,
      visit: EntryId,
      input: z.output<S>,
      terms: OfficeTerms
    ) => Promise<NoteWritten | Refusal>,
    isSitting: (input: z.output<S>) => boolean
  ): Promise<NoteWritten> {
    const { organisation } = await requireOrganisation(store)
    const deed = (change: CustomershipChange, input: z.output<S>, { id: by }: SignedIn) => {
      // Read once it is known who asks: to others it tells nothing.
      const visit = readParam(c, 'visit', entryIdSchema)
      return write(change, visit, input, { organisation, by, now: clock.now() })
    }
    return tellAtOffice(c, schema, 'carrying-out', deed, { isSitting })
  }

  routes.put('/api/office/customerships/:id/visits/:visit/note', async (c) =>
    c.json(await atOffice(c, noteAtOfficeSchema, writeAtOffice, ({ state }) => state === 'draft'))
  )

  routes.post('/api/office/customerships/:id/visits/:visit/note/merge', async (c) =>
    c.json(await atOffice(c, mergeAtOfficeSchema, mergeAtOffice, () => false))
  )

  return routes
}
