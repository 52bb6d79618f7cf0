import { expect, test } from 'vitest'
import { promises, readPromises } from '#tools/promises.js'
import { textOf, writtenFiles } from '#tests/support/tree.ts'

const clauses = ['–', ...Array.from({ length: 14 }, (_, index) => String(index + 1))]

test('§12 each clause of the notice names a test that shows it', () => {
  const found = readPromises()
  expect(Object.keys(found).sort()).toEqual(clauses.toSorted())
  expect(clauses.filter((clause) => (found[clause] ?? []).length === 0)).toEqual([])
})

test('§12 what the self-check is built with is what the tests say at that moment, and nothing of this machine', () => {
  const { load } = promises()
  if (typeof load !== 'function') throw new Error('it is made when it is asked for')
  const text: unknown = load.call({} as never, '\0virtual:promises')
  if (typeof text !== 'string') throw new Error('it is a module')
  expect(JSON.parse(text.slice('export const promises = '.length))).toEqual(readPromises())
  expect(text).not.toContain(process.cwd())
  expect(text).not.toMatch(/\.test\.ts|\/work\/|\/tmp\//)
})

test('§12 no marked name of a test is passed over', () => {
  const said = Object.values(readPromises()).flat()
  const beginnings = writtenFiles
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => [...textOf(path).matchAll(/\btest\(\s*'(?:§\d+,? )+([^'§$%]{10,60})/g)])
    .map(([, words = '']) => words)
  expect(beginnings.length).toBeGreaterThan(200)
  expect(beginnings.filter((words) => !said.some((name) => name.startsWith(words)))).toEqual([])
})
