import { Hono } from 'hono'
import { alarmAnswerSchema } from '#contract/closing.ts'
import { toMoment } from '#contract/day.ts'
import { entryIdSchema, type CustomershipId } from '#contract/id.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readParam } from '#server/http/input.ts'
import { changeAtOffice } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireMainUser } from '#server/http/session.ts'
import { answerAlarm } from './answer-alarm.ts'
import { readFeed } from './feed.ts'

export function noteRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

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

  return routes
}
