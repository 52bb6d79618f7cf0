import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Which test shows each clause of the notice, read from the marks that the tests' names carry: `§7 a tablet
 * that meets nobody forgets on the day it must`. `§–` is what stands before the first clause.
 *
 * @typedef {Readonly<Record<string, readonly string[]>>} Promises
 */

const root = fileURLToPath(new URL('../', import.meta.url))
const folders = ['contract', 'server', 'src', 'tests']

/** A name that begins with its marks, as it stands in a test. */
const marked = /(['"`])((?:§(?:\d+|–),? )+(?:(?!\1).)+)\1\s*,/g

/** @type {(folder: string) => string[]} */
const testsIn = (folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${root}${folder}/${name}`)
    .sort()

/** What a name counts or names by itself is left out: it says the same without. @type {(name: string) => string} */
const asSaid = (name) => name.replaceAll(/\$\{[^}]*\}|%[sdi]|\$\w+/g, '…')

/** @type {() => Promises} */
export function readPromises() {
  /** @type {Record<string, string[]>} */
  const found = Object.fromEntries(
    ['–', ...Array(14).keys()].map((one) => [typeof one === 'number' ? String(one + 1) : one, []])
  )
  for (const path of folders.flatMap(testsIn)) {
    for (const [, , name = ''] of readFileSync(path, 'utf8').matchAll(marked)) {
      const [marks = ''] = /^(?:§(?:\d+|–),? )+/.exec(name) ?? []
      const words = asSaid(name.slice(marks.length).trim())
      for (const [, clause = ''] of marks.matchAll(/§(\d+|–)/g)) found[clause]?.push(words)
    }
  }
  return found
}

const named = 'virtual:promises'

/** Made anew at every build, so that it is never older than the tests. @type {() => import('vite').Plugin} */
export const promises = () => ({
  name: 'promises',
  resolveId: (id) => (id === named ? `\0${named}` : undefined),
  load: (id) =>
    id === `\0${named}` ? `export const promises = ${JSON.stringify(readPromises())}` : undefined
})
