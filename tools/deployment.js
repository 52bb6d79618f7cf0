import { ensureBuilt } from './build.js'
import { runTests, table, tell } from './checks.js'
import { ensureInstalled } from './install.js'

/** What an operator does, on a machine that has nothing yet: install from the README, serve behind the proxy, run from a root that is read-only. */
await ensureInstalled()
await ensureBuilt()
const outcome = await runTests('deployment')
tell(outcome)
table([outcome])
process.exitCode = outcome.failed > 0 ? 1 : 0
