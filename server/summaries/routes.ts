import { Hono, type Context } from 'hono'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Missing } from '#contract/summary-missing.ts'
import {
  approvalSchema,
  correctionSchema,
  deliverySchema,
  receiptSchema,
  summariesRequestSchema,
  summaryRequestSchema,
  summaryWriteSchema,
  type ApprovalAnswer,
  type ChangedSummaries,
  type SummariesAnswer,
  type SummaryLine
} from '#contract/summary-request.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput, readBody } from '#server/http/input.ts'
import { changeAtOffice, requireOfficeAccess } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser, type SignedIn } from '#server/http/session.ts'
import { drawPaper } from '#server/paper/drawer.ts'
import { withEmblem } from '#server/paper/paper.ts'
import { approveSummary } from './approve.ts'
import { deliver } from './deliver.ts'
import { deliveryLines } from './delivery-lines.ts'
import { readLeaving } from './read-leaving.ts'
import { readMonth } from './month-source.ts'
import { receiveSummaries } from './receive.ts'
import { approvedDocument } from './summary-document.ts'
import { summaryPaper } from './summary-paper.ts'
import { answerOf } from './tell.ts'
import { undeliveredBy } from './undelivered.ts'
import { readTerms, WatchedMonths } from './watch.ts'
import { correctSummary, writeSummary } from './write-summary.ts'

const one = '/api/office/customerships/:id/summary'

/** §10: what leaves the house each month, from the first draft to the organiser's receipt. */
export function summaryRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()
  const watched = new WatchedMonths(parts)

  /** A summary tells what the notes say: who only oversees, or only reports hours, does not write it. */
  async function requireReporter(c: Context): Promise<SignedIn> {
    const user = await requireMainUser(c)
    if (user.tasks.every((task) => task === 'oversight')) throw new Problem('not-allowed')
    return user
  }

  const list = (user: UserId) =>
    recordUse(store, clock, { customership: null, user, kind: 'list', purpose: 'reporting' })

  routes.get('/api/office/summaries', async (c) => {
    const user = await requireReporter(c)
    const { month } = parseInput(summariesRequestSchema, c.req.query())
    await list(user.id)
    const undelivered = await undeliveredBy(store)
    const lines = (await watched.lines(month)).map((line) => withUndelivered(line, undelivered))
    const answer: SummariesAnswer = {
      month,
      lines: lines.sort(byName),
      undelivered: [...undelivered].map(([worker, count]) => ({ worker, count }))
    }
    return c.json(answer)
  })

  routes.get('/api/office/summaries/changed', async (c) => {
    const user = await requireReporter(c)
    await list(user.id)
    const summaries = (await watched.changed()).map(
      ({ customership, firstName, lastName, organiser, month }) => ({
        ...{ customership, organiser, month },
        name: `${lastName} ${firstName}`
      })
    )
    return c.json({ summaries } satisfies ChangedSummaries)
  })

  routes.get(one, async (c) => {
    const { user, id } = await requireOfficeAccess(c)
    const { organiser, month } = parseInput(summaryRequestSchema, c.req.query())
    const use = { customership: id, user: user.id, kind: 'open', purpose: 'reporting' } as const
    await recordUse(store, clock, use)
    const terms = await readTerms(parts)
    const drafts = await store.register.read(id, (reader) => readMonth(reader, month, terms))
    const draft = drafts?.find((each) => each.organiser === organiser)
    if (!draft) throw new Problem('not-found')
    return c.json(withUndelivered(answerOf(id, draft), await undeliveredBy(store)))
  })

  routes.put(one, async (c) =>
    c.json(
      await changeAtOffice(
        c,
        summaryWriteSchema,
        'reporting',
        (change, write, { id: by }) => writeSummary(change, write, { by, now: clock.now() }),
        { alsoClosed: true, isSitting: ({ state }) => state === 'draft' }
      )
    )
  )

  routes.post(`${one}/correction`, async (c) =>
    c.json(
      await changeAtOffice(
        c,
        correctionSchema,
        'reporting',
        (change, correction, { id: by }) => correctSummary(change, correction, by),
        { alsoClosed: true }
      ),
      201
    )
  )

  routes.get(`${one}/pdf`, async (c) => {
    const { user, id } = await requireOfficeAccess(c)
    const { organiser, month } = parseInput(summaryRequestSchema, c.req.query())
    const all = await store.register.read(id, (reader) => reader.ofKind('summary'))
    const [latest] = (all ?? [])
      .filter(({ data }) => data.organiser === organiser && data.month === month && data.locked)
      .sort((a, b) => b.data.version - a.data.version)
    const document = latest && approvedDocument(latest)
    if (!document) throw new Problem('not-found')
    await recordUse(store, clock, {
      customership: id,
      user: user.id,
      kind: 'print',
      purpose: 'reporting'
    })
    const paper = summaryPaper(document, latest.data.locked?.hash ?? '', 'whole')
    const bytes = await drawPaper(withEmblem(paper, await store.emblem.read()))
    return c.body(Uint8Array.from(bytes), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${document.number}.pdf"`
    })
  })

  routes.post('/api/office/summaries/approval', async (c) => {
    const user = await requireReporter(c)
    const { month, summaries, despite } = await readBody(c, approvalSchema)
    const terms = await readTerms(parts)
    const names = await readNames()
    const results: ApprovalAnswer['results'] = []
    for (const one of summaries) {
      const asked = { ...one, month, despite, by: user.id }
      results.push(await approveSummary(parts, asked, terms, names))
    }
    return c.json({ results } satisfies ApprovalAnswer)
  })

  routes.post('/api/office/summaries/delivery', async (c) => {
    const user = await requireReporter(c)
    const delivery = await readBody(c, deliverySchema)
    const read = await readLeaving(store, delivery)
    if ('refusal' in read) throw new Problem(read.refusal.code, read.refusal.issues)
    const { leaving } = read
    const of = leaving.length
    const stream = deliveryLines(async (tell, signal) => {
      const delivered = await deliver(parts, delivery, leaving, user.id, {
        signal,
        progress: (done) => tell({ line: 'progress', done, of }),
        piece: (bytes) => tell({ line: 'piece', bytes: Buffer.from(bytes).toString('base64url') })
      })
      tell({ line: 'done', ...delivered, delivered: of })
    })
    return c.body(stream, 200, { 'Content-Type': 'application/x-ndjson' })
  })

  routes.post('/api/office/summaries/receipt', async (c) => {
    const user = await requireReporter(c)
    const { summaries, code } = await readBody(c, receiptSchema)
    return c.json({ settled: await receiveSummaries(parts, summaries, code, user.id) })
  })

  async function readNames() {
    const { organisation } = await requireOrganisation(store)
    const users = await store.users.list()
    return { organisation, people: new Map(users.map(({ id, displayName }) => [id, displayName])) }
  }

  return routes
}

interface Named {
  readonly customership: CustomershipId
  readonly firstName: string
  readonly lastName: string
}

const byName = (a: Named, b: Named): number =>
  a.lastName.localeCompare(b.lastName, 'fi') || a.firstName.localeCompare(b.firstName, 'fi')

/** A tablet that has more to deliver may hold something of any of its worker's visits. */
function withUndelivered<T extends SummaryLine>(
  line: T,
  undelivered: ReadonlyMap<UserId, number>
): T {
  if (line.state === 'approved' || line.state === 'delivered') return line
  const more = line.workers.flatMap((worker): Missing[] => {
    const count = undelivered.get(worker)
    return count === undefined ? [] : [{ code: 'undelivered', worker, count }]
  })
  return { ...line, missing: [...line.missing, ...more] }
}
