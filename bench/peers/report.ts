import { cpus } from 'node:os'
import { toMoment } from '#contract/day.ts'
import { medianOf } from '#bench/figures.ts'
import type { PeerName, Round } from './compare.ts'
import type { Measured } from './measured.ts'
import { commands, versionOf, type versions as peerVersions } from './packages.ts'

const names: Readonly<Record<PeerName, string>> = {
  plain: 'the floor',
  pouchdb: 'PouchDB',
  rxdb: 'RxDB',
  'rxdb-encrypted': 'RxDB, encrypted'
}

const packagesOf = {
  plain: [],
  pouchdb: ['pouchdb', 'express-pouchdb'],
  rxdb: ['rxdb'],
  'rxdb-encrypted': ['crypto-js']
} as const satisfies Record<PeerName, readonly (keyof typeof peerVersions)[]>

type Unit = (value: number) => string
const milliseconds: Unit = (value) =>
  value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`
const bytes: Unit = (value) =>
  value < 1e6 ? `${Math.round(value / 1000)} kB` : `${(value / 1e6).toFixed(1)} MB`

const lines: readonly {
  readonly what: string
  readonly of: keyof Measured
  readonly unit: Unit
}[] = [
  { what: 'First fetch', of: 'fetchMs', unit: milliseconds },
  { what: '… bytes on the wire', of: 'fetchBytes', unit: bytes },
  { what: '… bytes on disk after it', of: 'storedBytes', unit: bytes },
  { what: '… peak memory of the page', of: 'peakBytes', unit: bytes },
  { what: 'Cold open, offline: all entries readable', of: 'allMs', unit: milliseconds },
  { what: '… the first client readable', of: 'firstMs', unit: milliseconds },
  { what: '… from the loading of the page', of: 'startMs', unit: milliseconds },
  { what: 'Pull after 100 changes', of: 'pullMs', unit: milliseconds },
  { what: '… bytes on the wire', of: 'pullBytes', unit: bytes },
  { what: 'One note saved offline', of: 'writeMs', unit: milliseconds },
  { what: 'Push of 1,000 notes', of: 'pushMs', unit: milliseconds },
  { what: '… bytes on the wire', of: 'pushBytes', unit: bytes }
]

const peersIn = ([round]: readonly Round[]): PeerName[] =>
  (Object.keys(names) as PeerName[]).filter((name) => round?.peers[name])

const measuredOf = ({ peers }: Round, peer: PeerName, of: keyof Measured): number =>
  peers[peer]?.[of] ?? Number.NaN

/** The median of the rounds' own ratios: a busy minute weighs on both sides of its round. */
function timesOurs(rounds: readonly Round[], peer: PeerName, of: keyof Measured): number {
  return medianOf(rounds.map((round) => measuredOf(round, peer, of) / round.ours[of]))
}

function comparison(rounds: readonly Round[]): string {
  const peerNames = peersIn(rounds)
  const rows = lines.map(({ what, of, unit }) => {
    const ours = unit(medianOf(rounds.map((round) => round.ours[of])))
    const cells = peerNames.map((peer) => {
      const theirs = unit(medianOf(rounds.map((round) => measuredOf(round, peer, of))))
      const times = timesOurs(rounds, peer, of)
      return `${theirs} · ${times < 1 ? `**${times.toFixed(2)}**` : times.toFixed(times < 10 ? 1 : 0)}`
    })
    return `| ${[what, ours, ...cells].join(' | ')} |`
  })
  const head = ['', 'ours', ...peerNames.map((peer) => names[peer])]
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n')
}

interface Promised {
  readonly what: string
  readonly times: number
  readonly allowed: string
  readonly holds: boolean
}

function promises(rounds: readonly Round[]): Promised[] {
  const peers = peersIn(rounds)
  const atLeast = (what: string, of: keyof Measured, peer: PeerName, least: number): Promised[] => {
    if (!peers.includes(peer)) return []
    const times = timesOurs(rounds, peer, of)
    const allowed = `at least ${least}`
    return [{ what: `${what}, ${names[peer]}`, times, allowed, holds: times >= least }]
  }
  const atMost = (what: string, times: number, most: number): Promised[] =>
    Number.isNaN(times) ? [] : [{ what, times, allowed: `at most ${most}`, holds: times <= most }]
  const floor = medianOf(rounds.map(({ ours }) => ours.fetchMs / ours.floorMs))
  return [
    ...atMost(
      'First fetch beside its floor, the same answer fetched, sealed and stored',
      floor,
      1.5
    ),
    ...atLeast('First fetch', 'fetchMs', 'pouchdb', 12),
    ...atLeast('First fetch', 'fetchMs', 'rxdb', 5),
    ...atLeast('First fetch', 'fetchMs', 'rxdb-encrypted', 25),
    ...atLeast('Cold open', 'allMs', 'pouchdb', 3),
    ...atLeast('Cold open', 'allMs', 'rxdb', 3),
    ...atLeast('Cold open', 'allMs', 'rxdb-encrypted', 15),
    ...atMost(
      'Push beside plaintext rows to as durable a file',
      1 / timesOurs(rounds, 'plain', 'pushMs'),
      2
    ),
    ...atLeast('Push', 'pushMs', 'pouchdb', 3),
    ...atLeast('Push', 'pushMs', 'rxdb', 2)
  ]
}

function promised(rounds: readonly Round[]): string {
  const rows = promises(rounds).map(
    ({ what, times, allowed, holds }) =>
      `| ${what} | ${times.toFixed(2)} | ${allowed} | ${holds ? 'yes' : '**no**'} |`
  )
  return ['| ratio | measured | wanted | holds |', '|---|---|---|---|', ...rows].join('\n')
}

/** The page `bench/peers.md`. `loads`: how many processes wanted the machine when each round began. */
export function report(
  rounds: readonly Round[],
  warmed: boolean,
  loads: readonly number[]
): string {
  const counted = rounds.length === 1 ? 'one round counts' : `${rounds.length} rounds count`
  const which = warmed ? `${counted}, after one that does not` : 'this was the first and only one'
  const day = toMoment(performance.timeOrigin).slice(0, 10)
  const machine = `${cpus().length} shared cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, headless Chromium`
  const versions = peersIn(rounds)
    .flatMap((peer) => packagesOf[peer])
    .map((name) => `; ${name} ${versionOf(name)}`)
    .join('')
  const keyMs = milliseconds(medianOf(rounds.map(({ ours }) => ours.keyMs)))
  const drawnMs = milliseconds(medianOf(rounds.map(({ ours }) => ours.drawnMs)))
  return `# Peers on the same work

Measured on ${day}: ${machine}${versions}. Load of the machine as each round began: ${loads.map((load) => load.toFixed(1)).join(', ')}.

${comparison(rounds)}

Behind each time or size stands how many times ours it is; **bold** where ours is the worse.

${promised(rounds)}

## Repeat it

\`\`\`sh
${commands}
\`\`\`

${how(which, keyMs, drawnMs)}`
}

const how = (which: string, keyMs: string, drawnMs: string): string => `## What was done

The same 60 customerships with 10,000 entries of about 1 KiB, read from our own register, are what every engine's server holds; the
same 100 notes are changed in it, and the same 1,000 are written while it is away. Each round has every engine in turn, in a fresh
profile of the same Chromium; ${which}. A cell is the median of the rounds, a ratio the median
of the rounds' ratios. After each step it is checked that every entry, change and note is where it should be.

- **Ours** is the built app and its server process, with every safeguard on. It writes the changes while it runs, as the peers' servers do:
  one that was stopped for it would answer cold, beside its daily work and its first backup. The first fetch is timed from its request until the
  families are drawn, and weighed from the enrolment on. What no finger does a thousand times is done by the app's own code handed into
  a page of its origin: opening every customership after a cold start, and saving each of 1,000 notes, signed and sealed. The locked app
  delivers them by itself. A pull and a push count from the network's return until all is on the disk.
- **The floor** is as little as a client can do: fetch everything in one answer, seal each client's entries together, store them once;
  keep own notes in clear and post them, 100 a request, to SQLite that is on the disk when it answers. It neither signs nor
  checks who may see what, and lays what comes later beside what is there.
- **PouchDB** with its default adapter and batches, from express-pouchdb in the mode for replication, on PouchDB's LevelDB.
- **RxDB** with its Dexie storage and its replication protocol in batches of 100, as its documentation shows, both ways, to an
  endpoint on SQLite; *encrypted* is the free encryption by crypto-js of each entry's content.

Peers draw nothing: theirs is the time in their own calls. They store with the browser's relaxed durability and their servers answer
before the disk has the rows (LevelDB unsynced; SQLite with \`synchronous = NORMAL\`), while each of our notes is signed, sealed and
strictly durable on the tablet, and on the server's disk before it is acknowledged. PouchDB and plain RxDB encrypt nothing.

Cold: the browser was closed and no server answers. *Readable* counts from the opening of the database, or from the end of our key
derivation (${keyMs} here, chosen to be slow; RxDB's encryption derives by one round of MD5), until all entries are opened objects in the page. *From the loading of the page* is the whole way to
that for the peers, on an empty page; ours is the whole app with its lock screen, to the drawn Tänään, without typing and key
derivation; from unlocking alone that is ${drawnMs}.

Bytes on the wire are counted both ways by a proxy before the server, headers included, from enrolment for ours; invented words repeat
themselves, so everybody's compress better than true ones would. Bytes on disk are the profile's IndexedDB, file system and local storage
once the browser is closed. Peak memory is the largest page process's high-water mark after the first fetch (VmHWM): an empty page
has about 100 MB of it.
`
