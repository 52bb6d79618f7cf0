import { Hono } from 'hono'
import type { NoticeAnswer } from '#contract/notice.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { Parts } from '#server/http/parts.ts'

/** §1, §2, §3, §4, §5: who answers for the register. Public, and nothing of any client. */
export function noticeRoutes({ store }: Parts): Hono {
  const routes = new Hono()

  routes.get('/api/notice', async (c) => {
    const { organisation } = await requireOrganisation(store)
    const { controller, contactPerson, protectionOfficer, processor, notice } = organisation
    const answer: NoticeAnswer = { controller, contactPerson, protectionOfficer, processor, notice }
    return c.json(answer)
  })

  return routes
}
