import { Hono, type Context } from 'hono'
import type { CustomershipId, UserId } from '#contract/id.ts'
import {
  packageFetchSchema,
  packageRequestSchema,
  passphraseRequestSchema,
  type PackageAnswer,
  type PackagePart
} from '#contract/return-package.ts'
import type { UsageKind } from '#contract/usage.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput, readBody } from '#server/http/input.ts'
import { requireOfficeAccess, requireUnrestricted } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { makePackage } from './make-package.ts'
import { partName } from './package-source.ts'
import { readPackage } from './read-package.ts'
import { recordPackageLeaving } from './record-handing-over.ts'
import { removePackage } from './remove-package.ts'

const address = '/api/office/customerships/:id/package'

const mediaTypes = { record: 'application/pdf', archive: 'application/zip' } as const

export function disclosureRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  const answer = async (id: CustomershipId): Promise<PackageAnswer> => ({
    package: await readPackage(store, id)
  })
  const log = (kind: UsageKind, id: CustomershipId, user: UserId) =>
    recordUse(store, clock, { customership: id, user, kind, purpose: 'reporting' })

  routes.get(address, async (c) => {
    const { id } = await requireOfficeAccess(c)
    return c.json(await answer(id))
  })

  routes.post(address, async (c) => {
    const { user, id, view } = await requireOfficeAccess(c)
    requireUnrestricted(view)
    const { language } = await readBody(c, packageRequestSchema)
    const made = await makePackage(parts, { id, language, by: user.id })
    if (!made) throw new Problem('conflict')
    return c.json(await answer(id), 201)
  })

  // Told by another way than the package, and each time by somebody whom the log names.
  routes.post(`${address}/passphrase`, async (c) => {
    const { user, id } = await requireOfficeAccess(c)
    await readBody(c, passphraseRequestSchema)
    const passphrase = await store.register.read(id, (reader) => reader.packages.passphrase())
    if (passphrase === null) throw new Problem('not-found')
    await log('show', id, user.id)
    return c.json({ passphrase })
  })

  routes.get(`${address}/record`, (c) => send(c, 'record'))
  routes.get(`${address}/archive`, (c) => send(c, 'archive'))

  routes.delete(address, async (c) => {
    const { user, id } = await requireOfficeAccess(c)
    await store.register.transact(async (tx) => {
      const packages = await tx.packages(id)
      if (!packages) throw new Problem('conflict')
      await removePackage({ packages })
      await log('write', id, user.id)
    })
    return c.body(null, 204)
  })

  async function requireOrganiser(id: string): Promise<void> {
    const { organisation } = await store.organisation.read()
    if (organisation?.organisers.some((one) => one.id === id)) return
    throw new Problem('invalid', [{ path: ['recipient'], code: 'unknown' }])
  }

  async function send(c: Context, part: PackagePart): Promise<Response> {
    const { user, id, view } = await requireOfficeAccess(c)
    requireUnrestricted(view)
    const { recipient, channel } = parseInput(packageFetchSchema, c.req.query())
    if (recipient !== undefined) await requireOrganiser(recipient)
    const facts = await store.register.read(id, (reader) => reader.packages.read())
    if (!facts) throw new Problem('not-found')
    const { number, recordBytes, archiveBytes, archiveSha256 } = facts
    await store.register.transact(async () => {
      await log('send', id, user.id)
      const leaving = { customership: id, by: user.id, number, archiveSha256, recipient, channel }
      await recordPackageLeaving(parts, leaving)
    })
    return c.body(piecesOf(id, number, part), 200, {
      'Content-Type': mediaTypes[part],
      'Content-Length': String(part === 'record' ? recordBytes : archiveBytes),
      'Content-Disposition': `attachment; filename="${partName(number, part)}"`
    })
  }

  /** Each piece is read by itself: a slow line holds nobody up. One replaced meanwhile ends too short, which is seen. */
  function piecesOf(id: CustomershipId, number: string, part: PackagePart): ReadableStream {
    let next = 1
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const piece = await store.register.read(id, (reader) =>
          reader.packages.piece(number, part, next)
        )
        next += 1
        if (piece) controller.enqueue(new Uint8Array(piece))
        else controller.close()
      }
    })
  }

  return routes
}
