import { cpus } from 'node:os'
import { simulate } from '#tools/simulate.js'
import { writeDown } from './book.js'

/** @typedef {import('#tools/simulate.js').Played} Played */

/** Each with how many of it were played: a run that is made again with one of them plays the same. @param {Played[]} played */
export const seedsOf = (played) =>
  `, seeds ${played.map(({ seed, played: count }) => `${seed} (${count})`).join(', ')}`

/** @param {Played[]} played */
export const countOf = (played) => played.reduce((sum, one) => sum + one.played, 0)

/** Also of a player that ended before it could say which history it was. @param {Played[]} played */
export function failureOf(played) {
  const found = played.find(({ failed }) => failed !== null)
  return found ? `**failed**: history ${found.failed} of seed ${found.seed}` : '**failed**'
}

/** Simulated histories alone, on every core or on so many. @param {number} minutes @param {number} [cores] */
export async function soakSimulator(minutes, cores = cpus().length) {
  const { played, output } = await simulate({ players: cores, minutes, tell: console.log })
  if (output !== '') console.error(output)
  writeDown({
    simulated: countOf(played),
    more: seedsOf(played),
    outcome: output === '' ? 'nothing lost, doubled, stuck or untrue' : failureOf(played)
  })
  return output === ''
}
