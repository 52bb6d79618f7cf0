import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from '#tools/run.js'

const file = join(root, 'bench', 'soak.md')

const heading = `# Soak

The laws and the kills that \`npm test\` holds shortly, for long: \`npm run soak -- 60\` runs them for 60 minutes and adds a line here.
A *history* is one interleaving of edits, cuts, retries and duplicate deliveries by three tablets, which must converge with each
operation applied once. A *kill* is a SIGKILL of a real server process in the middle of pushes, after which everything that was
acknowledged must be there exactly once. As often the power goes as well: of each sector that was written and not synced, chance
decides whether the disk has it. As often a server is replaced under the pushes of three tablets, two times of three as an upgrade
does it and the third by a SIGKILL. A *simulated* history is the whole code of tablets, office and server under one scheduler
(\`tests/simulator\`), by a seed of its own: \`npm run soak -- 60 simulator\` plays these alone, on every core, or with a \`1\` behind it on one. Each round also flips 100,000 bits
of what lies sealed or wrapped on a tablet, none of
which may open, pulls a tablet's plug at each step of its enrolment, first fetch, purge and wipe, and walks the long journeys: locking,
the shared and the lost tablet, delivery while locked, storage, a browser that lacks much, the scan of a whole profile, updates, with
200 races in which a newer version arrives while another one takes over, and a browser that is killed 50 times in the middle of a
working day. Ten working days are walked over a network that does something else to every request, drawn from a seed, with what the
tablet says held against what the server has after each step.

| date | machine | command | histories | simulated | kills | outcome |
|---|---|---|---|---|---|---|
`

/** @typedef {{ histories?: number, simulated?: number, kills?: string, outcome: string, more?: string }} Soaked */

/** One line of what was soaked, and how it went. @param {Soaked} soaked */
export function writeDown({ histories, simulated, kills, outcome, more = '' }) {
  const written = existsSync(file) ? readFileSync(file, 'utf8') : heading
  const cells = [
    new Date().toISOString().slice(0, 10),
    `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}`,
    `\`npm run soak -- ${process.argv.slice(2).join(' ')}\`${more}`,
    ...[histories, simulated, kills].map((count) => count ?? '–'),
    outcome
  ]
  writeFileSync(file, `${written}| ${cells.join(' | ')} |\n`)
}
