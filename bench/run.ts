import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { toMoment } from '#contract/day.ts'
import { measureCounty } from './county.ts'
import type { Figure } from './figures.ts'
import { measureDeletion } from './deletion.ts'
import { measureImport } from './import.ts'
import { measureLarge } from './large.ts'
import { measureMinute } from './minute.ts'
import { measureMonthEnd } from './month-end.ts'
import { measureProcessesBeside } from './processes.ts'
import { measurePush } from './push.ts'
import { measureRegister } from './register.ts'
import { measureShift } from './shift.ts'
import { measureTablet } from './tablet.ts'
import { measureTrail } from './trail.ts'

interface Measuring {
  readonly title: string
  readonly measure: () => Promise<Figure[]>
  readonly how: string
}

const countyHow = `A register of 100,000 customerships of some fifty entries, five million in all, made once in files of its own. The server is a
process of its own, and all but its start is measured once the jobs of the start are done, with everything that it reads beforehand in memory. A pull
is of a tablet that holds sixty families for whom nothing has changed, the median of 300, asked of both registers in turns; a deletion is whole, the median of seven, in a process
that does nothing else, without the scan that follows it; memory is the largest resident set.`

const sets: Readonly<Record<string, Measuring>> = {
  tablet: {
    title: 'The tablet',
    measure: measureTablet,
    how: `Medians of three rounds after one that is not counted, and ratios, which travel better than milliseconds.
The browser is a fresh profile on disk each round. A first fetch counts from the request to the drawn list of families; its
floor is the same browser asking the same server for the same answer, sealing it in as many values and storing them in
IndexedDB, nothing else. Unlocking counts from the key derivation's end to the drawn next visit. A saved note counts from the
end of the typing pause until it is signed, sealed and strictly durable.`
  },
  minute: {
    title: "The worker's minute",
    measure: measureMinute,
    how: `Medians of three rounds after one that is not counted, each in a browser that was closed before, with the caseload of the
tablet's figures and no server. The start counts from the navigation until the lock screen is drawn, and from the end of the key
derivation until the next visit is; nothing is asked of the page meanwhile. The walk goes through Valmis lähtöön, Asiakkaat, a
client's card, Lähtevät, Minä and Tänään, then a visit: start, three ticks, a sentence letter by letter, signing. Touches are as
the browser's event timing tells them, in steps of 8 ms; a jump counts when no touch came before it.`
  },
  large: {
    title: 'A large caseload',
    measure: measureLarge,
    how: `Medians of three rounds after one that is not counted, each in a fresh profile, from the request of the first fetch. The first
counts when the screen tells that it is sealed and stored, from when on it opens; all count when the screen says that the device is ready.`
  },
  processes: {
    title: 'Many processes',
    measure: measureProcessesBeside,
    how: `Eight tablets at once, each at one of the processes: full requests of 100 sealed and signed notes, then first fetches of ten customerships
with what was pushed. Medians of three rounds after one that is not counted. PostgreSQL is a cluster of its own, durable; it, the processes and the
tablets share two cores, so that more processes than one can gain little here: what is shown is what sharing costs.`
  },
  county: {
    title: 'A county',
    measure: () => measureCounty('SQLite'),
    how: countyHow
  },
  'county-postgres': {
    title: 'A county on PostgreSQL',
    measure: () => measureCounty('PostgreSQL'),
    how: `As on SQLite. PostgreSQL is a cluster of its own on the same machine, durable.`
  },
  push: {
    title: 'Push',
    measure: async () => [await measurePush()],
    how: `The median of five rounds: full requests of 100 sealed and signed notes, one after another, beside better-sqlite3
alone making one durable transaction for each row of 1 KiB.`
  },
  shift: {
    title: 'The shift',
    measure: measureShift,
    how: `Five hundred tablets that speak the protocol and nothing else, on the machine of the server process, which has real files and
6,000 customerships of some seventeen entries of about 1 KiB. They ask evenly within a minute, whether the server is done with the ones before or not; their
own signing and sealing is done before. A stall is what the server's event loop stood still. A pull with nothing changed is the median of 180, through HTTP,
so the wire and the asker are in it.`
  },
  register: {
    title: 'The register',
    measure: measureRegister,
    how: `Searches are those of a person who types: every beginning of a name, with a filter or another order now and then, one
after another through HTTP. On screen counts from the input or the press to the frame that draws the answer, the pause
after the last letter included. The ratios ask both registers for the same forty families and for the same entries.`
  },
  deletion: {
    title: 'Forgetting',
    measure: measureDeletion,
    how: `Through HTTP to server processes with real files, in turns, from the request to the certificate in the answer; the list was
worked before. The wait is another main user's, for a client's page asked for again and again.`
  },
  month: {
    title: "A month's end",
    measure: measureMonthEnd,
    how: `Through HTTP to a server process with real files, as the screen asks: five approvals at a time, then one archive.`
  },
  trail: {
    title: 'The trail',
    measure: measureTrail,
    how: `The median of three processes of \`npm run audit:verify\` over the file that the office saves.`
  },
  import: {
    title: 'Coming from another system',
    measure: measureImport,
    how: `Rows as another system writes them, through HTTP to a server with real files; the stall is what others wait meanwhile.`
  }
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, value, beside, ratio, allowed, holds }) =>
      `| ${what} | ${value} | ${beside} | ${ratio} | ${allowed} | ${holds ? 'yes' : '**no**'} |`
  )
  return [
    '| figure | measured | beside | ratio | allowed | holds |',
    '|---|---|---|---|---|---|',
    ...rows
  ].join('\n')
}

const head = `# Figures

Each set was measured on a day of its own. Repeat them with \`npm run build && npm run bench\`, or one of them with
\`npm run bench -- ${Object.keys(sets).join('` or `-- ')}\`. The server is a process of its own with real files.
Beside today's sync engines it is measured in [peers.md](peers.md), which says how to repeat that.`
const page = new URL('README.md', import.meta.url)
const machine = `${cpus().length} shared cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, headless Chromium`

/** What stands on the page of a set that is not measured now. */
function standing(title: string): string | undefined {
  const parts = readFileSync(page, 'utf8').split(/^(?=## )/m)
  return parts.find((part) => part.startsWith(`## ${title}\n`))?.trimEnd()
}

const only = process.argv[2]
// What is compared is no dependency, and lies in a folder apart: it has a page of its own.
if (only === 'peers') {
  const { comparePeers } = await import('./peers/compare.ts')
  await comparePeers()
  process.exit(0)
}
if (only !== undefined && !(only in sets))
  throw new Error(`measure ${Object.keys(sets).join(', ')}`)
const sections: string[] = []
for (const [name, { title, measure, how }] of Object.entries(sets)) {
  if (only !== undefined && only !== name) {
    sections.push(standing(title) ?? '')
    continue
  }
  const figures = table(await measure())
  process.stdout.write(`${figures}\n`)
  const day = toMoment(performance.timeOrigin).slice(0, 10)
  sections.push(`## ${title}\n\nMeasured on ${day}: ${machine}.\n\n${figures}\n\n${how}`)
}
writeFileSync(page, `${[head, ...sections.filter((one) => one !== '')].join('\n\n')}\n`)
