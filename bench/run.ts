import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { toMoment } from '#contract/day.ts'
import type { Figure } from './figures.ts'
import { measurePush } from './push.ts'
import { measureTablet } from './tablet.ts'

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

const only = process.argv[2]
const figures: Figure[] = []
if (only !== 'push') figures.push(...(await measureTablet()))
if (only !== 'tablet') figures.push(await measurePush())

const day = toMoment(performance.timeOrigin).slice(0, 10)
const machine = `${cpus().length} shared cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, headless Chromium`
process.stdout.write(`${table(figures)}\n`)
if (only === undefined)
  writeFileSync(
    new URL('README.md', import.meta.url),
    `# Figures

Medians of three rounds (push: five) after one that is not counted, and ratios, which travel better than milliseconds.
Measured on ${day}: ${machine}.

${table(figures)}

Repeat them with \`npm run build && npm run bench\` (\`npm run bench -- tablet\` or \`-- push\` for one half).
The server is a process of its own with real files; the browser is a fresh profile on disk each round. A first fetch
counts from the request to the drawn list of families; its floor is the same browser asking the same server for the same
answer, sealing it in as many values and storing them in IndexedDB, nothing else. Unlocking counts from the key
derivation's end to the drawn next visit. A saved note counts from the end of the typing pause until it is signed, sealed and
strictly durable. Push counts full requests of 100 sealed and signed notes, one after another, beside better-sqlite3 alone
making one durable transaction for each row of 1 KiB.
`
  )
