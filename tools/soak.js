import { soakCrowd } from './soak/crowd.js'
import { soakKills } from './soak/kills.js'
import { soakRounds } from './soak/rounds.js'
import { soakSimulator } from './soak/simulator.js'

/**
 * What `npm test` does shortly, for long: `npm run soak -- 60` does everything for 60 minutes,
 * `npm run soak -- 60 simulator` plays simulated histories on every core, or with a `1` behind it on one,
 * `npm run soak -- 1000 kills` kills a server so often and a browser a fifth as often, and
 * `npm run soak -- 60 crowd` watches a server's memory among five hundred tablets.
 */
const soaks = {
  rounds: soakRounds,
  simulator: soakSimulator,
  kills: soakKills,
  crowd: soakCrowd
}

const [amount = '30', kind = 'rounds', cores] = process.argv.slice(2)
const soak = soaks[/** @type {keyof typeof soaks} */ (kind)]
if (!(Number(amount) > 0) || !soak || (cores !== undefined && !(Number(cores) >= 1))) {
  console.error(
    'npm run soak -- 60, npm run soak -- 60 simulator [1], npm run soak -- 1000 kills, or npm run soak -- 60 crowd'
  )
  process.exit(1)
}
process.exitCode = (await soak(Number(amount), cores === undefined ? undefined : Number(cores)))
  ? 0
  : 1
