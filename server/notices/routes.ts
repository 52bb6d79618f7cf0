import { Hono } from 'hono'
import * as z from 'zod/mini'
import { dayAt, toMoment } from '#contract/day.ts'
import { noticeInForce } from '#contract/notice-in-force.ts'
import { composeNotice } from '#contract/notice-text.ts'
import {
  publishRequestSchema,
  tellingRequestSchema,
  type NoticeAnswer,
  type NoticeDesk,
  type NoticeVersionAnswer
} from '#contract/notice.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody, readParam } from '#server/http/input.ts'
import { refuseIdentityCodes } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { noticeSettings } from '#server/store/notices.ts'
import { publishNotice } from './publish-notice.ts'
import { readTellings, tellClients } from './tellings.ts'
import { toVersion } from './to-version.ts'

const versionParamSchema = z.string().check(z.regex(/^[1-9]\d{0,5}$/))

/**
 * §1, §2, §3, §4, §5, §14: the notice, for anyone to read, every version as it was published; and, for the
 * office, the next one, and whom a significant change is told to. Nothing of any client in what is public.
 */
export function noticeRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  routes.get('/api/notice', async (c) => {
    const published = await store.notices.list()
    const inForce = noticeInForce(published, dayAt(clock.now()))
    if (!inForce) throw new Problem('not-found')
    const { version, effectiveFrom, text, settings } = inForce
    const { controller, contactPerson, protectionOfficer, processor } = settings
    const answer: NoticeAnswer = {
      ...{ controller, contactPerson, protectionOfficer, processor, text },
      notice: { version, effectiveFrom },
      versions: published.toReversed().map(toVersion)
    }
    return c.json(answer)
  })

  routes.get('/api/notice/versions/:version', async (c) => {
    const notice = await store.notices.find(Number(readParam(c, 'version', versionParamSchema)))
    if (!notice) throw new Problem('not-found')
    const former = await store.notices.find(notice.version - 1)
    const answer: NoticeVersionAnswer = {
      version: toVersion(notice),
      text: notice.text,
      former: former && { version: former.version, text: former.text }
    }
    return c.json(answer)
  })

  routes.get('/api/office/notice', async (c) => {
    await requireMainUser(c)
    const { revision, organisation } = await requireOrganisation(store)
    const newest = (await store.notices.list()).at(-1)
    if (!newest) throw new Problem('not-found')
    const { publishedAt, by, text, version } = newest
    const answer: NoticeDesk = {
      revision,
      draft: composeNotice(noticeSettings(organisation), version + 1),
      newest: {
        ...toVersion(newest),
        text,
        by,
        publishedAt: publishedAt === null ? null : toMoment(publishedAt)
      }
    }
    return c.json(answer)
  })

  routes.post('/api/office/notice', async (c) => {
    const user = await requireMainUser(c)
    // Who only oversees judges the notice and does not write it (GDPR Art. 38(6), 39).
    if (user.tasks.every((task) => task === 'oversight')) throw new Problem('not-allowed')
    const asked = await readBody(c, publishRequestSchema)
    refuseIdentityCodes(asked)
    const published = await publishNotice(store, asked, user.id, clock.now())
    if ('code' in published) throw new Problem(published.code, published.issues)
    return c.json(published, 201)
  })

  routes.get('/api/office/notice/tellings', async (c) => {
    const user = await requireMainUser(c)
    const use = { customership: null, user: user.id, kind: 'list' } as const
    await recordUse(store, clock, { ...use, purpose: 'client-rights' })
    return c.json(await readTellings(store, user, clock.now()))
  })

  routes.post('/api/office/notice/tellings', async (c) => {
    const user = await requireMainUser(c)
    const asked = await readBody(c, tellingRequestSchema)
    const done = await tellClients(parts, asked, user)
    if (done === 'not-found') throw new Problem('not-found')
    if (done === 'wrong-day')
      throw new Problem('invalid', [{ path: ['told', 'day'], code: 'wrong-day' }])
    return c.json(await readTellings(store, user, clock.now()))
  })

  return routes
}
