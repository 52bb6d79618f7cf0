import { Hono, type Context } from 'hono'
import type { Certificate } from '#contract/certificate.ts'
import { languageSchema } from '#contract/text.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { certificatePaper } from '#server/ending/certificate-paper.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { drawPaper } from '#server/paper/drawer.ts'
import { withEmblem } from '#server/paper/paper.ts'

/** Certificates hold no personal data: whoever is given one checks it by the published key alone. */
export function certificateRoutes({ store, keyStore }: Parts): Hono {
  const routes = new Hono()

  async function requireCertificate(c: Context): Promise<Certificate> {
    await requireMainUser(c)
    const certificate = await store.certificates.findByNumber(c.req.param('number') ?? '')
    if (!certificate) throw new Problem('not-found')
    return certificate
  }

  routes.get('/api/certificates/key', (c) => c.json({ keys: [keyStore.publicKey()] }))

  routes.get('/api/office/certificates/:number', async (c) =>
    c.json({ certificate: await requireCertificate(c) })
  )

  routes.get('/api/office/certificates/:number/pdf', async (c) => {
    const certificate = await requireCertificate(c)
    const { organisation } = await requireOrganisation(store)
    const language = languageSchema.safeParse(c.req.query('lang') ?? 'fi')
    if (!language.success) throw new Problem('invalid', [{ path: ['lang'], code: 'invalid-value' }])
    const paper = certificatePaper(certificate, organisation.controller.name, language.data)
    const bytes = await drawPaper(withEmblem(paper, await store.emblem.read()))
    return c.body(Uint8Array.from(bytes), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${certificate.number}.pdf"`
    })
  })

  return routes
}
