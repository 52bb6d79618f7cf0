import type { CustomershipId } from '#contract/id.ts'
import type { ProblemCode } from '#contract/problem.ts'
import { haveDigestText, type PullRequest } from '#contract/pull.ts'
import { withLock } from '#lib/device/locks.ts'
import { putNotesBack, takeNotes } from '#lib/device/purge-notes.ts'
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
    const { request, known } = await requestOf(vault)
    const contact = await vault.database.readMeta('contact')
    const short = contact ? await digested(request) : request
    // Only the first fetch is one piece of work, however often it is cut.
    const begun = contact ? 0 : Object.keys(request.have ?? {}).length
    const once = (body: PullRequest) => pullOnce(vault, body, { begun, known }, onProgress)
    await takeNotes(vault.database, request.purged)
    const first = await once(short)
    const outcome = first === 'send-have' ? await once(request) : first
    if (outcome !== 'done' && outcome !== 'cut') await putNotesBack(vault.database, request.purged)
    return outcome
  })
}

async function pullOnce(
  vault: OpenVault,
  request: PullRequest,
  before: { readonly begun: number; readonly known: ReadonlySet<CustomershipId> },
  onProgress: (applying: Applying) => void
): Promise<PullOutcome> {
  const applying = new Applying(vault, { ...before, onProgress: () => onProgress(applying) })
  const end = await vault.takeIn(request, (event) => applying.take(event))
  await applying.settled()
  if (!end.ok) {
    const failure = failureOf(end)
    return 'away' in failure ? 'away' : failure.problem.code
  }
  return applying.ended ? 'done' : 'cut'
}

/** Said to be held is only what is there, whole and as the manifest remembers it; `known` is all of which anything is. */
async function requestOf(
  vault: OpenVault
): Promise<{ request: PullRequest; known: ReadonlySet<CustomershipId> }> {
  const { device } = vault
  const { stored, held, sealed, ...rest } = await told(vault)
  const manifest = await vault.readManifest(sealed)
  const whole = new Set(stored)
  const have = held.filter(({ id, revision }) => whole.has(id) && manifest.held[id] === revision)
  const request = {
    device,
    vaultEpoch: manifest.epoch,
    have: Object.fromEntries(have.map(({ id, revision, view }) => [id, { revision, view }])),
    ...rest
  }
  return { request, known: new Set([...stored, ...held.map(({ id }) => id)]) }
}

/** In one question to the disk: each is a way to the browser's other process and back. */
function told({ database }: OpenVault) {
  const { customerships, faces, outbox, purges, meta } = database
  return database.transaction('r', [customerships, faces, outbox, purges, meta], async () => {
    const [stored, held, sealed, contact, organisation, awaiting, purged, report] =
      await Promise.all([
        customerships.toCollection().primaryKeys(),
        faces.toArray(),
        manifestOf(database),
        database.readMeta('contact'),
        database.readMeta('organisation'),
        awaitingDecision(database),
        purges.where('slot').equals('destroyed').primaryKeys(),
        outboxReport(database)
      ])
    return {
      ...{ stored, held, sealed, outbox: report },
      generation: contact?.generation ?? null,
      organisation: organisation?.revision ?? null,
      awaiting: awaiting.slice(0, 5000),
      purged: purged.slice(0, 5000)
    }
  })
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
