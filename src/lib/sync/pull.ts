import type { ProblemCode } from '#contract/problem.ts'
import { haveDigestText, type PullRequest } from '#contract/pull.ts'
import { withLock } from '#lib/device/locks.ts'
import { failureOf } from '#lib/http/api.ts'
import { awaitingDecision, outboxReport } from '#lib/outbox/outbox.ts'
import { sha256 } from '#lib/vault/digest.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { Applying, manifestOf } from './apply.ts'

/** `cut`: what came stands, and the next pull goes on. */
export type PullOutcome = 'done' | 'cut' | 'away' | ProblemCode

/** One pull at a time among all tabs. Nothing is needed from earlier ones but what is held. */
export function pull(
  vault: OpenVault,
  onProgress: (applying: Applying) => void
): Promise<PullOutcome> {
  return withLock(`kotikaynti-pull-${vault.device}`, async () => {
    await vault.destroyStandingSlots()
    const request = await requestOf(vault)
    const contact = await vault.database.readMeta('contact')
    const short = contact ? await digested(request) : request
    // Only the first fetch is one piece of work, however often it is cut.
    const begun = contact ? 0 : Object.keys(request.have ?? {}).length
    const once = (body: PullRequest) => pullOnce(vault, body, begun, onProgress)
    const outcome = await once(short)
    return outcome === 'send-have' ? once(request) : outcome
  })
}

async function pullOnce(
  vault: OpenVault,
  request: PullRequest,
  begun: number,
  onProgress: (applying: Applying) => void
): Promise<PullOutcome> {
  const applying = new Applying(vault, {
    reported: request.purged,
    begun,
    onProgress: () => onProgress(applying)
  })
  const end = await vault.takeIn(request, (event) => applying.take(event))
  await applying.settled()
  if (!end.ok) {
    const failure = failureOf(end)
    return 'away' in failure ? 'away' : failure.problem.code
  }
  return applying.ended ? 'done' : 'cut'
}

/** Said to be held is only what is there, whole and as the manifest remembers it. */
async function requestOf(vault: OpenVault): Promise<PullRequest> {
  const { database, device } = vault
  const manifest = await vault.readManifest(await manifestOf(database))
  const stored = new Set(await database.customerships.toCollection().primaryKeys())
  const faces = (await database.faces.toArray()).filter(
    ({ id, revision }) => stored.has(id) && manifest.held[id] === revision
  )
  return {
    device,
    generation: (await database.readMeta('contact'))?.generation ?? null,
    organisation: (await database.readMeta('organisation'))?.revision ?? null,
    vaultEpoch: manifest.epoch,
    have: Object.fromEntries(faces.map(({ id, revision, view }) => [id, { revision, view }])),
    awaiting: (await awaitingDecision(database)).slice(0, 5000),
    purged: (await database.purges.where('slot').equals('destroyed').primaryKeys()).slice(0, 5000),
    outbox: await outboxReport(database)
  }
}

async function digested(request: PullRequest): Promise<PullRequest> {
  const { have, ...rest } = request
  const held = Object.entries(have ?? {}).map(([id, { revision, view }]) => ({
    id,
    revision,
    view
  }))
  return { ...rest, haveDigest: await sha256(haveDigestText(held)) }
}
