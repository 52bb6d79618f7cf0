import { runTests, tell } from './checks.js'
import { ensureInstalled } from './install.js'

/** The whole server suite once more, with its store on PostgreSQL: a private cluster, made for it and thrown away. */
await ensureInstalled()
const outcome = await runTests('postgres')
tell(outcome)
console.log(`${outcome.passed} passed, ${outcome.failed} failed`)
process.exitCode = outcome.failed > 0 ? 1 : 0
