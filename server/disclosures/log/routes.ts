import { Hono } from 'hono'
import { disclosuresRequestSchema } from '#contract/disclosure.ts'
import { languageSchema } from '#contract/text.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput } from '#server/http/input.ts'
import { requireOfficeAccess } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireMainUser } from '#server/http/session.ts'
import { drawPaper } from '#server/paper/drawer.ts'
import { withEmblem } from '#server/paper/paper.ts'
import { disclosuresPaper } from './disclosures-paper.ts'
import { readAllDisclosures, readDisclosures } from './read-disclosures.ts'

/** §10: what left the house, for whoever answers for it; who only oversees reads it without names. */
export function disclosureLogRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  routes.get('/api/office/disclosures', async (c) => {
    const user = await requireMainUser(c)
    const asked = parseInput(disclosuresRequestSchema, c.req.query())
    const seesNames = user.tasks.some((task) => task !== 'oversight')
    await recordUse(store, clock, {
      customership: asked.customership ?? null,
      user: user.id,
      kind: 'list',
      purpose: 'oversight'
    })
    return c.json(await readDisclosures(store, asked, seesNames))
  })

  routes.get('/api/office/customerships/:id/disclosures/pdf', async (c) => {
    const { user, id } = await requireOfficeAccess(c)
    const language = parseInput(languageSchema, c.req.query('lang') ?? 'fi')
    const { organisation } = await requireOrganisation(store)
    const lines = await readAllDisclosures(store, id)
    const use = {
      customership: id,
      user: user.id,
      kind: 'print',
      purpose: 'client-rights'
    } as const
    await recordUse(store, clock, use)
    const [profile] = await store.across.ofKind('profile', [id])
    const { firstName, lastName } = profile?.data ?? {}
    const paper = disclosuresPaper(lines, {
      provider: organisation.controller.name,
      client: [firstName?.value, lastName?.value].filter(Boolean).join(' '),
      language,
      madeAt: clock.now()
    })
    const bytes = await drawPaper(withEmblem(paper, await store.emblem.read()))
    return c.body(Uint8Array.from(bytes), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="luovutukset.pdf"'
    })
  })

  return routes
}
