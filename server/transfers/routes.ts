import { Hono, type Context } from 'hono'
import { dayAt, toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import {
  transferExportSchema,
  transferMovesSchema,
  transfersRequestSchema,
  type MoveResults,
  type TransferFile,
  type TransferMove
} from '#contract/transfers.ts'
import { access } from '#server/access/access.ts'
import { recordDisclosure } from '#server/audit/disclosure.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput, readBody } from '#server/http/input.ts'
import { refuseIdentityCodes } from '#server/http/office-change.ts'
import { partsOf, type Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireReporter } from '#server/http/require-reporter.ts'
import type { SignedIn } from '#server/http/session.ts'
import { chooseEvents, exportEvents } from './export-events.ts'
import { fileChannel } from './file-channel.ts'
import { openLedger, readBasis, type LedgerKeeping } from './keep-ledger.ts'
import { moveEvent, namedTwice, type Moved, type Moving } from './move-event.ts'
import { readTransfers } from './read-transfers.ts'

/** Those of the customerships asked for that this user may open. */
async function openable(
  c: Context,
  user: SignedIn,
  ids: readonly CustomershipId[]
): Promise<Set<CustomershipId>> {
  const { store, clock } = partsOf(c)
  const at = { now: clock.now(), aheadDays: 0, where: 'office' } as const
  const facts = await store.register.list({ ids: [...new Set(ids)] })
  const granted = facts.filter((one) => access(user, { facts: one, assignments: [] }, at))
  // GDPR Art. 18(2): nothing is told to a portal of what is restricted.
  if (granted.some(({ restrictedOn }) => restrictedOn !== null)) throw new Problem('restricted')
  return new Set(granted.map(({ id }) => id))
}

/** §10: what PSOP and Palse are to hear, what they have heard, and how it has fared there. */
export function transferRoutes({ store, clock }: Parts, keeping: LedgerKeeping): Hono {
  const routes = new Hono()

  routes.get('/api/office/transfers', async (c) => {
    const user = await requireReporter(c)
    const { month } = parseInput(transfersRequestSchema, c.req.query())
    await recordUse(store, clock, {
      customership: null,
      user: user.id,
      kind: 'list',
      purpose: 'reporting'
    })
    const { settings } = await readBasis(store)
    const clients = await keeping.values()
    const today = dayAt(clock.now())
    return c.json(await readTransfers(clients, { month, today, settings }))
  })

  routes.post('/api/office/transfers/moves', async (c) => {
    const user = await requireReporter(c)
    const asked = await readBody(c, transferMovesSchema)
    refuseIdentityCodes(asked)
    const twice = namedTwice(asked.moves)
    if (twice.length > 0) throw new Problem('invalid', twice)
    const open = await openable(
      c,
      user,
      asked.moves.map(({ customership }) => customership)
    )
    const basis = await readBasis(store)
    const moving: Moving = { by: user.id, at: toMoment(clock.now()), basis }
    return c.json(await makeMoves(c, asked.moves, open, moving))
  })

  routes.post('/api/office/transfers/exports', async (c) => {
    const user = await requireReporter(c)
    const asked = await readBody(c, transferExportSchema)
    const open = await openable(
      c,
      user,
      asked.events.map(({ customership }) => customership)
    )
    const basis = await readBasis(store)
    const kept = await keeping.values()
    const ledgers = new Map(
      [...open].flatMap((id) => {
        const ledger = kept.get(id)
        return ledger ? [[id, openLedger(ledger)]] : []
      })
    )
    const { chosen, issues } = chooseEvents(ledgers, asked)
    if (issues.length > 0) throw new Problem('conflict', issues.slice(0, 20))
    const channel = fileChannel(asked.profile, basis.settings, clock)
    const by = user.id
    const profile = asked.profile.id
    const left = await exportEvents({ store, clock, channel, chosen, by, profile, basis })
    if ('refusal' in left) throw new Problem(left.refusal.code)
    const { file, fingerprint } = left.delivered
    if (!file) throw new Error('a file channel makes a file')
    const answer: TransferFile = {
      name: file.name,
      mediaType: file.mediaType,
      bytes: Buffer.from(file.bytes).toString('base64url'),
      fingerprint,
      lines: chosen.length,
      lost: file.lost
    }
    return c.json(answer, 201)
  })

  return routes
}

/** One commit; each customership's revision rises once, however many of its events are moved. */
async function makeMoves(
  c: Context,
  moves: readonly TransferMove[],
  open: ReadonlySet<CustomershipId>,
  moving: Moving
): Promise<MoveResults> {
  const { store, clock } = partsOf(c)
  const outcomes = new Map<TransferMove, Moved>()
  await store.register.transact(async (tx) => {
    const groups = Map.groupBy(moves, ({ customership }) => customership)
    for (const [customership, own] of groups) {
      if (!open.has(customership)) continue
      await tx.change(
        customership,
        async (change) => {
          for (const move of own) outcomes.set(move, await moveEvent(change, move, moving))
        },
        { alsoClosed: true }
      )
      await recordUse(store, clock, {
        customership,
        user: moving.by,
        kind: 'write',
        purpose: 'reporting'
      })
    }
    await recordDisclosure(store, clock, ...typedIn(outcomes, moving))
  })
  return {
    results: moves.map((move) => ({
      visit: move.visit,
      outcome: outcomes.get(move)?.outcome ?? 'not-found'
    }))
  }
}

/** §10: what is typed into a portal leaves as much as a file does. */
function typedIn(outcomes: ReadonlyMap<TransferMove, Moved>, { by }: Moving) {
  return [...outcomes].flatMap(([{ customership, event }, { told }]) =>
    told
      ? [
          {
            by,
            customership,
            kind: 'transfer' as const,
            reference: event,
            recipient: told.organiser,
            channel: told.channel,
            ground: 'decision' as const,
            fingerprint: null
          }
        ]
      : []
  )
}
