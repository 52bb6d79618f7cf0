import { Hono } from 'hono'
import * as z from 'zod/mini'
import { toMoment } from '#contract/day.ts'
import { documentLimits, pageNumberSchema, type DocumentPage } from '#contract/document.ts'
import {
  documentEditSchema,
  documentRemovalSchema,
  documentRequestSchema,
  originalRequestSchema
} from '#contract/document-request.ts'
import { entryIdSchema } from '#contract/id.ts'
import { purposeSchema } from '#contract/role.ts'
import { unattendedHeader } from '#contract/version.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput, readParam } from '#server/http/input.ts'
import { readBytes } from '#server/http/limits.ts'
import {
  changeAtOffice,
  requireOfficeAccess,
  requireUnrestricted
} from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireReady } from '#server/http/session.ts'
import { digestOfBytes } from '#server/keys/digest.ts'
import { editDocument } from './edit-document.ts'
import { movePaper } from './paper-original.ts'
import { readPage } from './read-page.ts'
import { recordDocument } from './record-document.ts'
import { readPicture } from '#server/pictures/picture.ts'
import { removeDocument } from './remove-document.ts'

const pageParamSchema = z.pipe(
  z.string().check(z.regex(/^[1-9]\d?$/)),
  z.pipe(z.transform(Number), pageNumberSchema)
)

const documentAddress = '/api/office/customerships/:id/documents/:document'

export function documentRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()
  const at = () => toMoment(clock.now())

  // A page comes before its document, under no revision: until then nobody is shown it.
  routes.put(`${documentAddress}/pages/:page`, async (c) => {
    const { user, id, view } = await requireOfficeAccess(c)
    requireUnrestricted(view)
    const document = readParam(c, 'document', entryIdSchema)
    const page = readParam(c, 'page', pageParamSchema)
    const picture = readPicture(Buffer.from(await readBytes(c, documentLimits.pageBytes)))
    if (picture === 'too-large') throw new Problem('too-large')
    if (typeof picture === 'string') throw new Problem('invalid', [{ path: [], code: picture }])
    const { bytes, mediaType } = picture
    await store.register.transact(async (tx) => {
      const pages = await tx.pages(id)
      const known = await store.register.read(id, (reader) => reader.entry('document', document))
      const isStored =
        !known && (await pages?.put({ document, page, mediaType, by: user.id }, bytes))
      if (!isStored) throw new Problem('conflict')
      const use = { customership: id, user: user.id, kind: 'write', purpose: 'organising' } as const
      await recordUse(store, clock, use)
    })
    return c.json({ page, mediaType, sha256: digestOfBytes(bytes) } satisfies DocumentPage)
  })

  // Whoever brought pages and thought better of it takes them away again.
  routes.delete(`${documentAddress}/pages`, async (c) => {
    const { user, id, view } = await requireOfficeAccess(c)
    requireUnrestricted(view)
    const document = readParam(c, 'document', entryIdSchema)
    const use = { customership: id, user: user.id, kind: 'write', purpose: 'organising' } as const
    await store.register.transact(async (tx) => {
      const pages = await tx.pages(id)
      const known = await store.register.read(id, (reader) => reader.entry('document', document))
      if (known || !pages) throw new Problem('conflict')
      await pages.remove(document)
      await recordUse(store, clock, use)
    })
    return c.body(null, 204)
  })

  routes.get('/api/office/customerships/:id/documents/unfinished', async (c) => {
    const { id } = await requireOfficeAccess(c)
    const unfinished = await store.register.read(id, (reader) => reader.pages.unfinished())
    if (unfinished === null) throw new Problem('not-found')
    return c.json({ unfinished })
  })

  routes.post('/api/office/customerships/:id/documents', async (c) => {
    const written = await changeAtOffice(
      c,
      documentRequestSchema,
      'organising',
      (change, request, by) => recordDocument(change, request, by.id, at())
    )
    return c.json(written, 201)
  })

  routes.put(documentAddress, async (c) => {
    const document = () => readParam(c, 'document', entryIdSchema)
    const written = await changeAtOffice(c, documentEditSchema, 'organising', (change, edit, by) =>
      editDocument(change, document(), edit, by.id)
    )
    return c.json(written)
  })

  // Papers are settled while a customership is being closed, and after.
  routes.post(`${documentAddress}/original`, async (c) => {
    const document = () => readParam(c, 'document', entryIdSchema)
    const written = await changeAtOffice(
      c,
      originalRequestSchema,
      'organising',
      (change, moved, by) => movePaper(change, document(), moved, by.id, at()),
      { alsoClosed: true }
    )
    return c.json(written)
  })

  routes.post(`${documentAddress}/removal`, async (c) => {
    const document = () => readParam(c, 'document', entryIdSchema)
    const written = await changeAtOffice(
      c,
      documentRemovalSchema,
      'organising',
      (change, removal, by) => removeDocument(change, document(), removal, by.id, at())
    )
    return c.json(written)
  })

  routes.get('/api/documents/:document/pages/:page', async (c) => {
    const user = await requireReady(c)
    const document = readParam(c, 'document', entryIdSchema)
    const page = readParam(c, 'page', pageParamSchema)
    const { organisation } = await requireOrganisation(store)
    const aheadDays = organisation.policy.assignmentAheadDays
    const when = { now: clock.now(), aheadDays }
    const found = await readPage(store, user, { document, page }, when)
    if (!found) throw new Problem('not-found')
    const { customership, mediaType, bytes } = found
    const named = c.req.query('purpose')
    const own = user.role === 'worker' ? 'carrying-out' : 'organising'
    const purpose = named === undefined ? own : parseInput(purposeSchema, named)
    // A tablet that keeps a permit for a visit without a network has shown it to nobody yet.
    const kind = c.req.header(unattendedHeader) === undefined ? 'show' : 'send'
    const use = { customership, user: user.id, device: user.device, kind, purpose } as const
    await recordUse(store, clock, use)
    // Whoever opens the address itself gets a file, and no page of ours to run in.
    const name = `page-${page}.${mediaType === 'image/png' ? 'png' : 'jpg'}`
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${name}"`
    })
  })

  return routes
}
