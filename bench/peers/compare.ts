import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fillWithNotes } from '#bench/household.ts'
import { Household } from '#tests/support/household.ts'
import { type Caseload, readCaseload, rowOf, rowOfNote } from './caseload.ts'
import { measureOurs, type MeasuredOurs } from './measure-ours.ts'
import { measurePeer } from './measure-peer.ts'
import type { Measured } from './measured.ts'
import { buildPage, buildScript } from './pages.ts'
import { report } from './report.ts'
import type { PeerKind } from './serve.ts'
import { Wire } from './wire.ts'

/** Fewer when it has to be quick; what is written says how many. */
const rounds = Number(process.env['PEERS_ROUNDS'] ?? 3)

const peers = {
  plain: 'plain',
  pouchdb: 'pouchdb',
  rxdb: 'rxdb',
  'rxdb-encrypted': 'rxdb'
} as const satisfies Record<string, PeerKind>
export type PeerName = keyof typeof peers

/** `PEERS_ONLY=plain,rxdb` measures these beside ours, and prints what it found: the page is written of all alone. */
const only = process.env['PEERS_ONLY']?.split(',')
const measuredPeers = (Object.keys(peers) as PeerName[]).filter(
  (name) => only?.includes(name) !== false
)

export interface Round {
  readonly ours: MeasuredOurs
  readonly peers: Readonly<Partial<Record<PeerName, Measured>>>
}

const pageOf: Readonly<Record<PeerName, URL>> = {
  plain: new URL('./plain-page.ts', import.meta.url),
  pouchdb: new URL('./pouchdb-page.ts', import.meta.url),
  rxdb: new URL('./rxdb-plain-page.ts', import.meta.url),
  'rxdb-encrypted': new URL('./rxdb-encrypted-page.ts', import.meta.url)
}

/** Ours first or last, by turns: nobody has the warmer machine. */
async function measureRound(
  pages: ReadonlyMap<PeerName, string>,
  script: string,
  oursFirst: boolean
): Promise<Round> {
  const wire = await Wire.listen()
  let caseload: Caseload | undefined
  const household = await Household.create(async (parts) => {
    await fillWithNotes(parts)
    caseload = await readCaseload(parts)
  }, wire.port)
  try {
    if (!caseload) throw new Error('nothing was filled in')
    const { rows, changed, written } = caseload
    const work = { rows, changed: changed.map(rowOf), notes: written.map(rowOfNote) }
    const ours = caseload
    const early = oursFirst ? await measureOurs(household, wire, ours, script) : null
    const measured: Partial<Record<PeerName, Measured>> = {}
    for (const [name, page] of pages) {
      measured[name] = await measurePeer(peers[name], page, work)
      process.stdout.write(`${name} ${JSON.stringify(measured[name])}\n`)
    }
    const round = {
      ours: early ?? (await measureOurs(household, wire, ours, script)),
      peers: measured
    }
    process.stdout.write(`ours ${JSON.stringify(round.ours)}\n`)
    return round
  } finally {
    await household.destroy()
    await wire.close()
  }
}

/** Ours beside today's engines, in one run, and the page that tells of it. */
export async function comparePeers(): Promise<void> {
  const script = await buildScript(new URL('./ours-in-page.ts', import.meta.url))
  const pages = new Map<PeerName, string>()
  for (const name of measuredPeers) pages.set(name, await buildPage(pageOf[name]))
  const measured: Round[] = []
  const loads: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    loads.push(loadavg()[0] ?? 0)
    measured.push(await measureRound(pages, script, round % 2 === 0))
    // Written after each round: a run that is cut off leaves what it has measured, and says what that was.
    const text = report(
      measured.length > 1 ? measured.slice(1) : measured,
      measured.length > 1,
      loads
    )
    if (only) process.stdout.write(text)
    else writeFileSync(new URL('../peers.md', import.meta.url), text)
  }
}
