import { appendFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from '#tools/run.js'

const file = join(root, 'bench', 'soak.md')

/** @typedef {{ histories?: number, simulated?: number, kills?: string, outcome: string, more?: string }} Soaked */

/** One line of what was soaked, and how it went. @param {Soaked} soaked */
export function writeDown({ histories, simulated, kills, outcome, more = '' }) {
  const cells = [
    new Date().toISOString().slice(0, 10),
    `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}`,
    `\`npm run soak -- ${process.argv.slice(2).join(' ')}\`${more}`,
    ...[histories, simulated, kills].map((count) => count ?? '–'),
    outcome
  ]
  appendFileSync(file, `| ${cells.join(' | ')} |\n`)
}
