import { run } from './run.js'
import { freshResultsFile, readResults, vitestCommand } from './test-results.js'

/**
 * @typedef {{ name: string, command: string, args: string[] }} Step
 * @typedef {{ name: string, seconds: number, passed: number, failed: number, output: string }} Outcome
 */

/** @type {(name: string, args: string[]) => Step} */
const lint = (name, args) => ({ name, command: 'eslint', args: [...args, '--max-warnings', '0'] })

/** Looks at the text only; two at a time, since each is one process: the heaviest is cut in two. @type {Step[]} */
const still = [
  lint('lint of the app', ['src']),
  lint('lint', ['.', '--ignore-pattern', 'src/']),
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  {
    // It reads every module of the project too, not components only.
    name: 'types',
    command: 'svelte-check',
    args: ['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings']
  },
  { name: 'unused', command: 'knip', args: ['--no-progress', '--treat-config-hints-as-errors'] }
]

/** @param {Step} step @returns {Promise<Outcome>} */
async function look({ name, command, args }) {
  const { code, output, seconds } = await run(command, args, { quiet: true })
  return { name, seconds, passed: 0, failed: code === 0 ? 0 : 1, output }
}

/** @param {string} project @returns {Promise<Outcome>} */
export async function runTests(project) {
  const file = freshResultsFile(project)
  const [command, args] = vitestCommand(project, file)
  const { code, output, seconds } = await run(command, args, { quiet: true })
  const { passed, failed } = readResults(file)
  return {
    name: `${project} tests`,
    seconds,
    passed,
    // An error outside every test fails the run although no test is to blame.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    output
  }
}

/** @param {Outcome} outcome */
export function tell(outcome) {
  if (outcome.failed > 0) console.log(`\n── ${outcome.name} ──\n${outcome.output.trim()}\n`)
  else console.log(`  ${outcome.name} (${outcome.seconds.toFixed(0)} s)`)
}

/** Everything but the browser. @returns {Promise<Outcome[]>} */
export async function check() {
  // Types of routes and assets are written by the framework.
  await run('svelte-kit', ['sync'], { quiet: true })
  /** @type {Outcome[]} */
  const outcomes = []
  /** @param {Outcome} outcome */
  const keep = (outcome) => {
    tell(outcome)
    outcomes.push(outcome)
  }
  const waiting = [...still]
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) keep(await look(step))
  }
  await Promise.all([worker(), worker()])
  keep(await runTests('unit'))
  return outcomes
}

/** One line for each step. @param {readonly Outcome[]} outcomes */
export function table(outcomes) {
  const width = Math.max(...outcomes.map(({ name }) => name.length))
  for (const { name, seconds, passed, failed } of outcomes) {
    const result = failed > 0 ? `${failed} FAILED` : passed > 0 ? `${passed} passed` : 'ok'
    console.log(`${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${result}`)
  }
}
