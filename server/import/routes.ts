import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'
import {
  importLimits,
  importMappingSchema,
  importRecordSchema,
  importRequestSchema,
  isWarning,
  shownIssues,
  type ImportCheck,
  type ImportIssue,
  type ImportLine,
  type ImportRequest,
  type ImportTerms
} from '#contract/import.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput, readBody, readJson } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import type { Store } from '#server/store/store.ts'
import { importCustomerships, standingOf } from './import-customerships.ts'
import { inTurns } from '#server/in-turns.ts'
import { judge } from './judge.ts'
import { metTwice } from './known-clients.ts'
import { OneAtATime } from './one-at-a-time.ts'

/** The same as the request's own schema, whose records are judged a few at a time: a large body keeps nobody waiting. */
const envelopeSchema = z.strictObject({
  source: importRequestSchema.shape.source,
  records: z.array(z.unknown()).check(z.minLength(1), z.maxLength(importLimits.records))
})

const slice = 200

async function readImport(c: Context): Promise<ImportRequest> {
  const { source, records } = parseInput(envelopeSchema, await readJson(c, importLimits.bytes))
  const read: ImportRequest['records'] = []
  const slices = Array.from({ length: Math.ceil(records.length / slice) }, (_, at) =>
    records.slice(at * slice, (at + 1) * slice)
  )
  await inTurns(slices, (some) => read.push(...parseInput(z.array(importRecordSchema), some)))
  return { source, records: read }
}

async function termsOf(store: Store, source: ImportRequest['source']): Promise<ImportTerms> {
  const { organisation } = await requireOrganisation(store)
  const people = await store.users.list()
  return {
    source,
    organisers: new Set(organisation.organisers.map(({ id }) => id)),
    products: new Set(organisation.products.map(({ id }) => id)),
    workers: new Set(people.flatMap(({ id, state }) => (state === 'closed' ? [] : id)))
  }
}

const pathOf = ({ file, row, kind, field }: ImportIssue): (string | number)[] =>
  field === null ? [file, row, kind] : [file, row, kind, field]

/** Whoever looks on may go away; the work goes on to its end. */
function lines(work: (told: (line: ImportLine) => void) => Promise<void>): ReadableStream {
  const encoder = new TextEncoder()
  let isWatched = true
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const told = (line: ImportLine) => {
        if (isWatched) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      void work(told).then(
        () => isWatched && controller.close(),
        // §5: whoever serves the stream prints what it failed with, so nothing of the fault's own words goes there.
        () => isWatched && controller.error(new Error('an import was cut'))
      )
    },
    cancel() {
      isWatched = false
    }
  })
}

export function importRoutes(parts: Parts): Hono {
  const { store, clock, log } = parts
  const routes = new Hono()
  const imports = new OneAtATime()

  routes.post('/api/office/import/check', async (c) => {
    const user = await requireMainUser(c)
    const { source, records } = await readImport(c)
    const judged = await judge(records, await termsOf(store, source), user.id, clock.now())
    const use = {
      customership: null,
      user: user.id,
      kind: 'search',
      purpose: 'organising'
    } as const
    await recordUse(store, clock, use)
    const issues = [...judged.issues, ...(await metTwice(store, judged.named))]
    const warnings = issues.filter(isWarning).length
    const answer: ImportCheck = {
      counts: judged.counts,
      errors: issues.length - warnings,
      warnings,
      issues: issues.slice(0, shownIssues)
    }
    return c.json(answer)
  })

  routes.post('/api/office/import', async (c) => {
    const user = await requireMainUser(c)
    const { source, records } = await readImport(c)
    const judged = await judge(records, await termsOf(store, source), user.id, clock.now())
    const { issues, openings, counts } = judged
    if (issues.length > 0)
      throw new Problem(
        issues.some(({ code }) => code === 'identity-code') ? 'identity-code' : 'invalid',
        issues.slice(0, shownIssues).map((issue) => ({ path: pathOf(issue), code: issue.code }))
      )
    if ((await standingOf(store, openings)) === 'conflict') throw new Problem('conflict')

    const run = async (told: (line: ImportLine) => void) => {
      if ((await standingOf(store, openings)) === 'new')
        await importCustomerships(parts, openings, user.id, told)
      told({ imported: counts })
    }
    const body = lines(async (told) => {
      try {
        await imports.run(() => run(told))
      } catch (error) {
        log.write('import-cut', { user: user.id, error: (error as Error).name })
        throw error
      }
    })
    return c.body(body, 200, { 'Content-Type': 'application/x-ndjson' })
  })

  routes.get('/api/office/import/mappings', async (c) => {
    await requireMainUser(c)
    return c.json({ mappings: await store.importMappings.list() })
  })

  routes.put('/api/office/import/mappings', async (c) => {
    await requireMainUser(c)
    const mapping = await readBody(c, importMappingSchema)
    await store.importMappings.keep(mapping, clock.now())
    return c.body(null, 204)
  })

  return routes
}
