import { check, table } from './checks.js'

const outcomes = await check()
console.log('')
table(outcomes)
process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0
