import { Hono, type Context } from 'hono'
import { dayAt } from '#contract/day.ts'
import { rightsRequestIdSchema, type CustomershipId, type RightsRequestId } from '#contract/id.ts'
import { passageDecisionsSchema, passagesRequestSchema } from '#contract/passage.ts'
import { portabilitySchemaText } from '#contract/portability.ts'
import { passphraseRequestSchema } from '#contract/return-package.ts'
import {
  answerFetchSchema,
  answerWishSchema,
  logYearsShown,
  type AnswerPart,
  type AnswerStanding,
  type AnswerWish
} from '#contract/answer-file.ts'
import type { RightsCodes } from '#contract/rights-request.ts'
import type { UsageKind } from '#contract/usage.ts'
import { recordSitting, recordUse } from '#server/audit/usage.ts'
import { parseInput, readBody, readParam } from '#server/http/input.ts'
import { refuseIdentityCodes, requireOfficeAccess } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import type { SignedIn } from '#server/http/session.ts'
import { makeAnswer, yearsBefore } from './make-answer.ts'
import { partName, readAnswer } from './read-answer.ts'
import { recordAnswerLeaving } from './record-answer-leaving.ts'
import { decidePassages, readPassages } from './review-passages.ts'

const address = '/api/office/customerships/:id/requests/:request'

const mediaTypes = { paper: 'application/pdf', archive: 'application/zip' } as const

/** §13: what the client is given on request, for whoever answers for it. Every look at it is for the client's rights. */
export function answerRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  async function open(c: Context) {
    const { user, id } = await requireOfficeAccess(c)
    const request = readParam(c, 'request', rightsRequestIdSchema)
    return { user, id, request }
  }

  /** One that was asked of this very customership. */
  async function requireCodes(id: CustomershipId, request: RightsRequestId): Promise<RightsCodes> {
    const codes = await store.rights.find(request)
    if (codes?.customership !== id) throw new Problem('not-found')
    return codes
  }

  const useOf = (kind: UsageKind, id: CustomershipId, user: SignedIn) =>
    ({ customership: id, user: user.id, kind, purpose: 'client-rights' }) as const

  const standing = async (id: CustomershipId, request: RightsRequestId) =>
    ({ answer: await readAnswer(store, id, request) }) satisfies AnswerStanding

  routes.get(`${address}/passages`, async (c) => {
    const { user, id, request } = await open(c)
    const { lang } = parseInput(passagesRequestSchema, c.req.query())
    await requireCodes(id, request)
    const passages = await readPassages(store, { id, request }, lang)
    if (!passages) throw new Problem('not-found')
    await recordUse(store, clock, useOf('open', id, user))
    return c.json(passages)
  })

  routes.put(`${address}/passages`, async (c) => {
    const { user, id, request } = await open(c)
    const decisions = await readBody(c, passageDecisionsSchema)
    refuseIdentityCodes(decisions)
    await requireCodes(id, request)
    if (!(await decidePassages(parts, { id, request, by: user.id }, decisions)))
      throw new Problem('not-found')
    await recordSitting(store, clock, useOf('write', id, user))
    return c.body(null, 204)
  })

  routes.get(`${address}/answer`, async (c) => {
    const { id, request } = await open(c)
    await requireCodes(id, request)
    return c.json(await standing(id, request))
  })

  routes.post(`${address}/answer`, async (c) => {
    const { user, id, request } = await open(c)
    const wish = await readBody(c, answerWishSchema)
    refuseIdentityCodes(wish)
    requireAsked(wish, await requireCodes(id, request))
    requireReason(wish)
    const made = await makeAnswer(parts, { id, request, by: user.id }, wish)
    if (made === 'undecided') throw new Problem('something-open')
    if (made === 'absent') throw new Problem('conflict')
    return c.json(await standing(id, request), 201)
  })

  /** GDPR Art. 12(6): nothing is made for somebody of whom it is not known who they are. */
  function requireAsked({ kind }: AnswerWish, codes: RightsCodes): void {
    if (codes.kind !== kind)
      throw new Problem('invalid', [{ path: ['kind'], code: 'not-expected' }])
    if (codes.identified === 'not-yet')
      throw new Problem('invalid', [{ path: ['request'], code: 'not-identified' }])
  }

  /** 703/2023: what is older than two years is told for a special reason only, which is written down. */
  function requireReason(wish: AnswerWish): void {
    if (wish.kind !== 'access' || wish.logFrom === undefined) return
    const standard = yearsBefore(dayAt(clock.now()), logYearsShown)
    if (wish.logFrom < standard && wish.logReason === undefined) throw new Problem('needs-reason')
  }

  // Told by another way than the archive, and each time by somebody whom the log names.
  routes.post(`${address}/answer/passphrase`, async (c) => {
    const { user, id, request } = await open(c)
    await readBody(c, passphraseRequestSchema)
    const passphrase = await store.register.read(id, ({ answers }) => answers.passphrase(request))
    if (passphrase === null) throw new Problem('not-found')
    await recordUse(store, clock, useOf('show', id, user))
    return c.json({ passphrase })
  })

  routes.get(`${address}/answer/paper`, (c) => send(c, 'paper'))
  routes.get(`${address}/answer/archive`, (c) => send(c, 'archive'))

  async function send(c: Context, part: AnswerPart): Promise<Response> {
    const { user, id, request } = await open(c)
    const told = parseInput(answerFetchSchema, c.req.query())
    const facts = await store.register.read(id, ({ answers }) => answers.read(request))
    const bytes = part === 'paper' ? facts?.paperBytes : facts?.archiveBytes
    if (!facts || bytes === null || bytes === undefined) throw new Problem('not-found')
    await store.register.transact(async () => {
      await recordUse(store, clock, useOf('send', id, user))
      await recordAnswerLeaving(parts, { customership: id, by: user.id }, facts, told)
    })
    return c.body(piecesOf(id, facts.number, part), 200, {
      'Content-Type': mediaTypes[part],
      'Content-Length': String(bytes),
      'Content-Disposition': `attachment; filename="${partName(facts.number, part)}"`
    })
  }

  /** Each piece is read by itself: a slow line holds nobody up. One replaced meanwhile ends too short, which is seen. */
  function piecesOf(id: CustomershipId, number: string, part: AnswerPart): ReadableStream {
    let next = 1
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const piece = await store.register.read(id, ({ answers }) =>
          answers.piece(number, part, next)
        )
        next += 1
        if (piece) controller.enqueue(new Uint8Array(piece))
        else controller.close()
      }
    })
  }

  // Public: whoever is given such a file, and whoever reads one, knows its shape.
  routes.get('/portability.schema.json', (c) =>
    c.body(portabilitySchemaText(), 200, { 'Content-Type': 'application/schema+json' })
  )

  return routes
}
